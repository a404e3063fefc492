package dev.discreet.config;

/**
 * The log.
 *
 * @param level of the gateway's own messages
 * @param requests whether there is a line per request
 * @param json JSON lines, else text
 */
public record LogConfig(Level level, boolean requests, boolean json) {
  /** The least severe message that is written. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }
}
