package dev.discreet.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar's manifest. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"discreet " + number()};
  }

  static String number() {
    @Nullable String built = Main.class.getPackage().getImplementationVersion();
    return built == null ? "(not packaged)" : built;
  }
}
