package dev.discreet.config;

/** As which OAuth client the gateway asks a provider (RFC 6749 §2.3.1). */
final class ClientKeys {
  static final Key<String> ID = Key.required("clientId", Types.TEXT, "As whom the gateway asks.");
  static final Key<String> SECRET =
      Key.required(
          "clientSecret",
          new Type<>(Secrets.SHAPE, Secrets::secret),
          "How it proves that; text or {file: path}.");

  private ClientKeys() {}
}
