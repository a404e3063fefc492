package dev.discreet.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2FrameTypes;

/**
 * Tells when a head begins and when it is whole: its HEADERS and CONTINUATION frames may come octet
 * by octet, and the codec tells of them when all have come. Stands before the codec, and looks at
 * the nine octets before each frame (RFC 9113 §4.1) alone.
 */
public final class HeadWatch extends ChannelInboundHandlerAdapter {
  private static final int PREFACE_OCTETS = 24;
  private static final int FRAME_HEAD_OCTETS = 9;
  private static final int END_HEADERS = 4;

  private final Runnable begun;
  private final Runnable whole;
  private final byte[] frame = new byte[FRAME_HEAD_OCTETS];
  private int frameOctets;
  private int toSkip = PREFACE_OCTETS;
  private boolean open;
  private boolean last;

  /** Watches a connection from its preface on. */
  public HeadWatch(Runnable begun, Runnable whole) {
    this.begun = begun;
    this.whole = whole;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf octets) {
      watch(octets);
    }
    ctx.fireChannelRead(message);
  }

  private void watch(ByteBuf octets) {
    int at = octets.readerIndex();
    int end = octets.writerIndex();
    while (at < end) {
      if (toSkip > 0) {
        int skipped = Math.min(toSkip, end - at);
        toSkip -= skipped;
        at += skipped;
      } else {
        frame[frameOctets++] = octets.getByte(at++);
      }
      if (frameOctets == FRAME_HEAD_OCTETS) {
        frameBegins();
      }
      if (toSkip == 0 && frameOctets == 0) {
        frameEnds();
      }
    }
  }

  private void frameBegins() {
    frameOctets = 0;
    toSkip = ((frame[0] & 0xff) << 16) | ((frame[1] & 0xff) << 8) | (frame[2] & 0xff);
    boolean ofHead =
        frame[3] == Http2FrameTypes.HEADERS || frame[3] == Http2FrameTypes.CONTINUATION;
    last = ofHead && (frame[4] & END_HEADERS) != 0;
    if (ofHead && !open) {
      open = true;
      begun.run();
    }
  }

  private void frameEnds() {
    if (open && last) {
      open = false;
      whole.run();
    }
  }
}
