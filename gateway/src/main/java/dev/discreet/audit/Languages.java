package dev.discreet.audit;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/** Which protocols a deployment speaks. */
final class Languages {
  private static final String BEGIN = "HTTP/";

  private final Target target;
  private final String request;

  /**
   * Tries a deployment.
   *
   * @param path for which HTTP/1.1 is tried
   */
  Languages(Target target, Settings settings, String path) {
    this.target = target;
    Field caller = new Field("authorization", "Bearer " + settings.token());
    request = Http1Asker.head(target, settings.agent(), Ask.get(target.base() + path, caller));
  }

  /**
   * {@return whether a protocol is spoken; HTTP/1.1 counts as spoken where nothing comes, for that
   * may be how what is missing is answered, unless HTTP/2 is spoken}
   *
   * @throws IOException if the deployment can't be reached at all, or speaks no HTTP
   */
  boolean spoken(Protocol protocol) throws IOException {
    return switch (protocol) {
      case H1 -> speaksHttp1();
      case H2 -> speaksHttp2();
    };
  }

  private boolean speaksHttp1() throws IOException {
    String begun = firstOctets();
    if (begun.equals(BEGIN)) {
      return true;
    }
    if (speaksHttp2()) {
      return false;
    }
    if (!begun.isEmpty()) {
      throw new IOException("what answers there speaks no HTTP");
    }
    return true;
  }

  private String firstOctets() {
    try (Socket socket = target.connect(Protocol.H1)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      byte[] octets = new Bounded(socket, Settings.PATIENCE.answer()).readNBytes(BEGIN.length());
      return new String(octets, StandardCharsets.ISO_8859_1);
    } catch (IOException refused) {
      return "";
    }
  }

  /** What ALPN says (RFC 7301), in cleartext whether SETTINGS come (RFC 9113 §3.4). */
  private boolean speaksHttp2() throws IOException {
    try (Socket socket = target.connect(Protocol.H2)) {
      if (socket instanceof SSLSocket secured) {
        return secured.getApplicationProtocol().equals(Protocol.H2.alpn());
      }
      socket.getOutputStream().write(Frame.PREFACE);
      return Frame.read(socket.getInputStream()).type() == Frame.SETTINGS;
    } catch (IOException refused) {
      requireAny(refused);
      return false;
    }
  }

  /** HTTP/2 is refused, if anything else can be reached there. */
  private void requireAny(IOException refused) throws IOException {
    try {
      target.connect(Protocol.H1).close();
    } catch (IOException neither) {
      throw neither instanceof SSLPeerUnverifiedException ? neither : refused;
    }
  }
}
