import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Collectors;

/**
 * Prints a token for the issuer of docker/config, with nothing but a JDK: {@code java
 * docker/development/Token.java alice a1 "documents:list documents:read"}.
 */
final class Token {
  private static final Path KEY = Path.of("docker/development/key.pem");
  private static final int LIFETIME_SECONDS = 3600;

  private Token() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 3) {
      System.err.println("usage: java docker/development/Token.java SUBJECT ACCOUNT PERMISSIONS");
      System.exit(2);
    }
    long now = Instant.now().getEpochSecond();
    String claims =
        """
        {"iss":"https://development.invalid","aud":"documents","sub":"%s","account":"%s","scope":"%s",\
        "iat":%d,"exp":%d}"""
            .formatted(arguments[0], arguments[1], arguments[2], now, now + LIFETIME_SECONDS);
    String signed = encoded("{\"alg\":\"EdDSA\",\"kid\":\"development\"}") + "." + encoded(claims);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    System.out.println(signed + "." + encoded(signature.sign()));
  }

  private static PrivateKey key() throws Exception {
    String base64 =
        Files.readAllLines(KEY).stream()
            .filter(line -> !line.startsWith("-") && !line.startsWith("#"))
            .collect(Collectors.joining());
    return KeyFactory.getInstance("Ed25519")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  private static String encoded(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }
}
