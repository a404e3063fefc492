package dev.discreet.bench;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.discreet.config.ConfigLoader;
import dev.discreet.config.IssuerConfig;
import dev.discreet.config.LoadResult;
import dev.discreet.identity.KeyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** An issuer of one key, and a token of it such as identity providers issue. */
final class BenchIssuer {
  static final String ISS = "https://id.example.com/realms/main";
  static final String AUDIENCE = "https://api.example.com";
  private static final String KID = "FJ86GcF3jTbNLOco4NvZkUCIUmfYCqoqtOQeMfbhNlE";

  private final String algorithm;
  private final KeyPair pair;

  BenchIssuer(String algorithm) throws GeneralSecurityException {
    this.algorithm = algorithm;
    KeyPairGenerator generator =
        KeyPairGenerator.getInstance(
            switch (algorithm) {
              case "RS256", "PS256" -> "RSA";
              case "ES256" -> "EC";
              default -> "Ed25519";
            });
    switch (algorithm) {
      case "RS256", "PS256" -> generator.initialize(2048);
      case "ES256" -> generator.initialize(new ECGenParameterSpec("secp256r1"));
      default -> {}
    }
    pair = generator.generateKeyPair();
  }

  /** {@return its key set} */
  String keys() {
    String jwk =
        switch (pair.getPublic()) {
          case RSAPublicKey rsa -> new RSAKey.Builder(rsa).keyID(KID).build().toJSONString();
          case ECPublicKey ec ->
              new ECKey.Builder(Curve.P_256, ec).keyID(KID).build().toJSONString();
          default -> {
            byte[] spki = pair.getPublic().getEncoded();
            String x = encoded(Arrays.copyOfRange(spki, spki.length - 32, spki.length));
            yield "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\""
                + KID
                + "\",\"x\":\""
                + x
                + "\"}";
          }
        };
    return "{\"keys\":[" + jwk + "]}";
  }

  /** {@return what the gateway reads of a configuration with this issuer} */
  Map<String, IssuerConfig> configured() throws IOException {
    Path folder = Files.createTempDirectory("discreet-bench");
    Path gateway = folder.resolve("gateway.yaml");
    Path keys = folder.resolve("keys.json");
    Files.writeString(keys, keys());
    Files.writeString(
        gateway,
        """
        issuers:
          main: {issuer: "%s", audiences: ["%s"], jwks: {file: keys.json}}
        upstreams:
          api: {url: "http://127.0.0.1:1"}
        routes:
          - {path: /a, upstream: api, methods: {GET: authenticated}}
        """
            .formatted(ISS, AUDIENCE));
    LoadResult result = ConfigLoader.load(folder, Map.of(), KeyFiles::isKeySet);
    Files.delete(gateway);
    Files.delete(keys);
    Files.delete(folder);
    if (result instanceof LoadResult.Loaded loaded) {
      return loaded.config().issuers();
    }
    throw new IOException("not a configuration: " + result);
  }

  /** {@return a valid token} */
  String token() throws GeneralSecurityException {
    long now = Instant.now().getEpochSecond();
    String header = "{\"alg\":\"%s\",\"typ\":\"JWT\",\"kid\":\"%s\"}".formatted(algorithm, KID);
    String claims =
        """
        {"exp":%d,"iat":%d,"jti":"onrtac:8e5a1c2e-5b0e-4f1f-8c93-1f7c8a4f2f0d","iss":"%s","aud":["%s","account"],\
        "sub":"f3c1e0a2-7c1b-4f5e-9a53-0c4d6a1b2e3f","typ":"Bearer","azp":"web","sid":"b1f2c3d4-0000-4000-8000-9f8e7d6c5b4a",\
        "realm_access":{"roles":["offline_access","default-roles-main","editor"]},"scope":"openid profile documents:read",\
        "preferred_username":"ann","email":"ann@example.com","groups":["/staff","/legal"]}"""
            .formatted(now + 36_000, now - 5, ISS, AUDIENCE);
    String signed = encoded(text(header)) + "." + encoded(text(claims));
    return signed + "." + encoded(signature(text(signed)));
  }

  private byte[] signature(byte[] signed) throws GeneralSecurityException {
    Signature signer =
        Signature.getInstance(
            switch (algorithm) {
              case "RS256" -> "SHA256withRSA";
              case "PS256" -> "RSASSA-PSS";
              case "ES256" -> "SHA256withECDSAinP1363Format";
              default -> "Ed25519";
            });
    if (algorithm.equals("PS256")) {
      signer.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    signer.initSign(pair.getPrivate());
    signer.update(signed);
    return signer.sign();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String encoded(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }
}
