package org.beaconcohort.adapter.journal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A connection whose commits fail while armed, with or without having been done. */
final class BrokenCommit {
  private final Connection real;
  private final AtomicBoolean armed;
  private final boolean done;
  private final SQLException error;

  private BrokenCommit(Connection real, AtomicBoolean armed, boolean done, SQLException error) {
    this.real = real;
    this.armed = armed;
    this.done = done;
    this.error = error;
  }

  static Connection of(Connection real, AtomicBoolean armed, boolean done, SQLException error) {
    return new BrokenCommit(real, armed, done, error).connection();
  }

  private Connection connection() {
    return proxy(
        Connection.class,
        (method, arguments) -> {
          boolean commits = method.getName().equals("commit");
          Object result = commits ? null : call(real, method, arguments);
          if (commits) {
            breaking(() -> call(real, method, arguments));
          }
          return result instanceof Statement statement && method.getName().equals("createStatement")
              ? statement(statement)
              : result;
        });
  }

  private Statement statement(Statement statement) {
    return proxy(
        Statement.class,
        (method, arguments) -> {
          if (arguments != null && "COMMIT".equals(arguments[0])) {
            breaking(() -> call(statement, method, arguments));
            return false;
          }
          return call(statement, method, arguments);
        });
  }

  private interface Call {
    @Nullable Object make() throws Throwable;
  }

  private interface Handler {
    @Nullable Object handle(Method method, Object @Nullable [] arguments) throws Throwable;
  }

  private void breaking(Call commit) throws Throwable {
    if (!armed.get()) {
      commit.make();
      return;
    }
    if (done) {
      commit.make();
    }
    real.close();
    throw error;
  }

  private static @Nullable Object call(Object on, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, Handler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            BrokenCommit.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> handler.handle(method, arguments)));
  }
}
