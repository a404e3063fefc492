package dev.discreet.http2;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field section as it was received, every field in its place. {@link Http2Headers} puts
 * pseudo-header fields first, and so forgets where they stood (RFC 9113 §8.3).
 *
 * <p>Netty's connection finds no fields in it, so verifies none: that is done once, by those who
 * make messages of it.
 */
final class FieldList extends DefaultHttp2Headers {
  private static final String STATUS = ":status";

  /** What each field counts besides its octets (RFC 9113 §6.5.2). */
  private static final int FIELD_OVERHEAD = 32;

  /** A field; each octet is a character. */
  record Field(String name, String value) {}

  private final List<Field> fields = new ArrayList<>();
  private final boolean tooLarge;
  private long size;

  private FieldList(boolean tooLarge) {
    super(false, 0);
    this.tooLarge = tooLarge;
  }

  static FieldList empty() {
    return new FieldList(false);
  }

  /** {@return one that was too large to be kept} */
  static FieldList beyondLimit() {
    return new FieldList(true);
  }

  @Override
  public Http2Headers add(CharSequence name, CharSequence value) {
    fields.add(new Field(name.toString(), value.toString()));
    size += name.length() + value.length() + FIELD_OVERHEAD;
    return this;
  }

  /** Netty asks an answer for it, to tell an interim one. */
  @Override
  public @Nullable CharSequence status() {
    for (Field field : fields) {
      if (field.name().equals(STATUS)) {
        return field.value();
      }
    }
    return null;
  }

  List<Field> fields() {
    return fields;
  }

  /** {@return whether it has more octets, counted as RFC 9113 §6.5.2 says} */
  boolean exceeds(int octets) {
    return tooLarge || size > octets;
  }
}
