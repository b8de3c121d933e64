package org.beaconcohort.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.beaconcohort.cli.wiring.CurveEngineChoice;
import picocli.CommandLine.IVersionProvider;

/**
 * What {@code --version} prints: the version of this build, the JVM that runs it, and the curve
 * engine.
 */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "beacon-cohort " + ofThisBuild(),
      "Java %s (%s)"
          .formatted(System.getProperty("java.runtime.version"), System.getProperty("java.vendor")),
      CurveEngineChoice.description()
    };
  }

  private static String ofThisBuild() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException("version.properties must lie beside " + Version.class);
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
