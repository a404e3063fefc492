package dev.discreet.cli;

import dev.discreet.ask.Moment;
import dev.discreet.config.Addresses;
import java.net.InetAddress;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say whence and when a request comes: conditions may ask. */
final class MomentOptions {
  @Option(
      names = "--source",
      paramLabel = "ADDRESS",
      converter = AddressConverter.class,
      description = "The client's address, for conditions that ask; default: loopback.")
  private @Nullable InetAddress source;

  @Option(
      names = "--now",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "When it is, such as 2027-01-31T12:00:00Z, for conditions that ask; default: now.")
  private @Nullable Instant time;

  Moment get() {
    Moment now = Moment.now();
    return new Moment(source == null ? now.source() : source, time == null ? now.time() : time);
  }

  /** Reads an address of four decimal octets, or an IPv6 address; no name is resolved. */
  static final class AddressConverter implements ITypeConverter<InetAddress> {
    @Override
    public InetAddress convert(String text) {
      InetAddress address = Addresses.literal(text);
      if (address == null) {
        throw new TypeConversionException("'" + text + "' is not an IP address");
      }
      return address;
    }
  }

  /** Reads a time. */
  static final class TimeConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException("'" + text + "' is not a time in UTC");
      }
    }
  }
}
