#!/usr/bin/env node
// npm links a command when it installs a package, which in this repository is before anything is built.
import '../dist/cli.js';
