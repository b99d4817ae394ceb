package io.oarlock.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A regular expression whose search takes time proportional to the text, whoever wrote it.
 *
 * <p>All ways to match are followed at once, one character after the other (Thompson 1968, as
 * retold by Russ Cox), so no pattern makes it try again. The price is the syntax: no
 * back-references, no look-around, no possessive quantifiers. What is left means the same in Java,
 * PCRE and RE2.
 */
public final class SafePattern {
  /** Longest expression, in UTF-16 units. */
  public static final int LENGTH_MAX = 256;

  /** Most instructions after counted repetitions are written out. */
  public static final int PROGRAM_MAX = 2_000;

  /** What is so between two characters. */
  enum Assertion {
    START,
    END,
    WORD_BOUNDARY,
    NO_WORD_BOUNDARY
  }

  private sealed interface Instruction {}

  private record Read(IntPredicate test) implements Instruction {}

  private record Check(Assertion assertion) implements Instruction {}

  private record Jump(int to) implements Instruction {}

  private record Split(int x, int y) implements Instruction {}

  private record Match() implements Instruction {}

  private final String source;
  private Instruction[] program = new Instruction[32];
  private int size;

  private SafePattern(String source) {
    this.source = source;
  }

  /** Reads an expression; the refusal says what is not understood. */
  public static SafePattern compile(String source) {
    var pattern = new SafePattern(source);
    pattern.emit(SafePatternParser.parse(source));
    pattern.add(new Match());
    return pattern;
  }

  private void emit(SafePatternParser.Node node) {
    switch (node) {
      case SafePatternParser.Char(var test) -> add(new Read(test));
      case SafePatternParser.Assert(var assertion) -> add(new Check(assertion));
      case SafePatternParser.Sequence(var parts) -> parts.forEach(this::emit);
      case SafePatternParser.Choice(var branches) -> choose(branches);
      case SafePatternParser.Repeat(var part, var min, var max) -> repeat(part, min, max);
    }
  }

  private void choose(List<SafePatternParser.Node> branches) {
    if (branches.size() == 1) {
      emit(branches.getFirst());
      return;
    }
    var split = reserve();
    emit(branches.getFirst());
    var jump = reserve();
    program[split] = new Split(split + 1, size);
    choose(branches.subList(1, branches.size()));
    program[jump] = new Jump(size);
  }

  private void repeat(SafePatternParser.Node part, int min, int max) {
    for (var i = 0; i < min; i++) {
      emit(part);
    }
    if (max == SafePatternParser.UNBOUNDED) {
      var split = reserve();
      emit(part);
      add(new Jump(split));
      program[split] = new Split(split + 1, size);
      return;
    }
    for (var i = min; i < max; i++) {
      var split = reserve();
      emit(part);
      program[split] = new Split(split + 1, size);
    }
  }

  private int reserve() {
    add(new Split(0, 0));
    return size - 1;
  }

  private void add(Instruction instruction) {
    if (size == PROGRAM_MAX) {
      throw new IllegalArgumentException(
          Quote.of(source) + " repeats too much: its counts multiply; use smaller ones or * or +.");
    }
    if (size == program.length) {
      program = Arrays.copyOf(program, 2 * size);
    }
    program[size++] = instruction;
  }

  /** Whether the expression matches somewhere in the text. */
  public boolean find(String text) {
    return new Search(text).run();
  }

  @Override
  public String toString() {
    return source;
  }

  /**
   * One pass over one text; {@code seen} holds the position at which an instruction was reached.
   */
  private final class Search {
    private final String text;
    private final int[] seen = new int[size];
    private final int[] stack = new int[2 * size + 1];
    private int[] waiting = new int[size];
    private int waitingCount;

    Search(String text) {
      this.text = text;
      Arrays.fill(seen, -1);
    }

    boolean run() {
      var next = new int[size];
      for (var at = 0; ; ) {
        if (follow(0, at)) {
          return true;
        }
        if (at == text.length()) {
          return false;
        }
        var c = text.codePointAt(at);
        at += Character.charCount(c);
        var ready = waiting;
        var count = waitingCount;
        waiting = next;
        waitingCount = 0;
        next = ready;
        for (var i = 0; i < count; i++) {
          if (reads(ready[i], c) && follow(ready[i] + 1, at)) {
            return true;
          }
        }
      }
    }

    /** Notes every character test reachable from here without reading; true when the end is. */
    private boolean follow(int start, int at) {
      var depth = 0;
      stack[depth++] = start;
      while (depth > 0) {
        var pc = stack[--depth];
        if (seen[pc] == at) {
          continue;
        }
        seen[pc] = at;
        switch (program[pc]) {
          case Match match -> {
            return true;
          }
          case Read read -> waiting[waitingCount++] = pc;
          case Jump(var to) -> stack[depth++] = to;
          case Split(var x, var y) -> {
            stack[depth++] = y;
            stack[depth++] = x;
          }
          case Check(var assertion) -> {
            if (holds(assertion, at)) {
              stack[depth++] = pc + 1;
            }
          }
        }
      }
      return false;
    }

    private boolean reads(int pc, int c) {
      return program[pc] instanceof Read(var test) && test.test(c);
    }

    private boolean holds(Assertion assertion, int at) {
      return switch (assertion) {
        case START -> at == 0;
        case END -> at == text.length() || (at == text.length() - 1 && text.charAt(at) == '\n');
        case WORD_BOUNDARY -> isWord(at - 1) != isWord(at);
        case NO_WORD_BOUNDARY -> isWord(at - 1) == isWord(at);
      };
    }

    private boolean isWord(int at) {
      return at >= 0 && at < text.length() && SafePatternParser.isWord(text.charAt(at));
    }
  }
}
