package org.beaconcohort.cli.architecture.planted.cohort;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;

/** Breaks, once in each nested class: a pure module opens nothing. */
public final class OpensTheWorld {
  private OpensTheWorld() {}

  static final class Stream {
    Object open() {
      return new ByteArrayOutputStream();
    }
  }

  static final class Output {
    void print() {
      System.out.println("planted");
    }
  }

  static final class File {
    Object open() {
      return Path.of("planted");
    }
  }

  static final class Buffer {
    Object open() {
      return ByteBuffer.allocate(1);
    }
  }

  static final class Address {
    Object open() {
      return URI.create("planted:planted");
    }
  }

  static final class Database {
    Object open() {
      return Timestamp.valueOf("2026-01-01 00:00:00");
    }
  }

  static final class Concurrency {
    Object open() {
      return new ConcurrentHashMap<String, String>();
    }
  }

  static final class Threads {
    Object open() {
      return Thread.currentThread();
    }
  }

  static final class Log {
    Object open() {
      return Logger.getLogger("planted");
    }
  }
}
