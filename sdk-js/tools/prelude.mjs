// Puts the JavaScript that platforms run around every script beside the harness, so that both run the same.
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const from = new URL('../../automations-runtime/graaljs/src/main/resources/io/oarlock/automations/graaljs/', import.meta.url);
cpSync(fileURLToPath(from), fileURLToPath(new URL('../automation/dist/prelude/', import.meta.url)), { recursive: true });
