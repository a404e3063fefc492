package dev.discreet.peers;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.discreet.testing.PostgresServer;
import dev.discreet.testing.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.ParseException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * An API of notes whose rights the database holds, by row-level security: everybody sees his own
 * notes, and the caretaker all. Of a note that he does not see, the API says to its caller that it
 * is none of his (403), or that there is none (404).
 */
final class NotesService implements AutoCloseable {
  private static final String ROLE = "service";
  private static final String SCHEMA =
      """
      CREATE ROLE service LOGIN;
      CREATE TABLE notes (id text PRIMARY KEY, owner text NOT NULL, body text NOT NULL);
      ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own ON notes
        USING (current_setting('app.user') IN (owner, 'caretaker'));
      GRANT SELECT, UPDATE, DELETE ON notes TO service;
      CREATE FUNCTION taken(text) RETURNS boolean SECURITY DEFINER LANGUAGE sql
        AS 'SELECT EXISTS (SELECT 1 FROM notes WHERE id = $1)';
      """;
  private static final String ROWS =
      """
      DELETE FROM notes;
      INSERT INTO notes VALUES ('1', 'alice', 'of Alice'), ('2', 'bob', 'of Bob');
      """;

  private final HttpServer server;
  private final PostgresServer database;
  private final TestIssuer issuer;
  private final boolean saysForbidden;
  private final List<String> probes = new CopyOnWriteArrayList<>();

  /**
   * Starts it.
   *
   * @param saysForbidden whether it says 403 of a note that the caller does not see
   */
  NotesService(PostgresServer database, TestIssuer issuer, boolean saysForbidden)
      throws IOException {
    this.database = database;
    this.issuer = issuer;
    this.saysForbidden = saysForbidden;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/notes/", this::answer);
    server.start();
  }

  /** Makes the table. */
  static void install(PostgresServer database) throws SQLException {
    run(database, SCHEMA);
  }

  /** Puts the notes of Alice and of Bob where they were. */
  static void restore(PostgresServer database) throws SQLException {
    run(database, ROWS);
  }

  private static void run(PostgresServer database, String statements) throws SQLException {
    try (Connection admin = DriverManager.getConnection(database.url(), PostgresServer.ADMIN, "");
        Statement statement = admin.createStatement()) {
      statement.execute(statements);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** {@return the paths that HEAD asked for, which only the gateway does} */
  List<String> probes() {
    return probes;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestMethod().equals("HEAD")) {
      probes.add(path);
    }
    try (exchange;
        Connection connection = DriverManager.getConnection(database.url(), ROLE, "")) {
      connection.setAutoCommit(false);
      become(connection, caller(exchange));
      String id = path.substring("/notes/".length());
      switch (exchange.getRequestMethod()) {
        case "GET", "HEAD" -> read(exchange, connection, id);
        case "PUT" ->
            change(exchange, connection, "UPDATE notes SET body = 'new' WHERE id = ?", id);
        case "DELETE" -> change(exchange, connection, "DELETE FROM notes WHERE id = ?", id);
        default -> exchange.sendResponseHeaders(405, -1);
      }
      connection.commit();
    } catch (SQLException | ParseException | JOSEException e) {
      throw new IOException(e);
    }
  }

  /** {@return the subject of the token that came with the request, which it verifies itself} */
  private String caller(HttpExchange exchange) throws ParseException, JOSEException {
    String credential = exchange.getRequestHeaders().getFirst("authorization");
    SignedJWT token = SignedJWT.parse(credential.substring("Bearer ".length()));
    if (!token.verify(new RSASSAVerifier(issuer.key().toRSAPublicKey()))) {
      throw new JOSEException("the token is not the issuer's");
    }
    return token.getJWTClaimsSet().getSubject();
  }

  /** For the transaction alone, as {@code SET LOCAL} does. */
  private static void become(Connection connection, String user) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement("SELECT set_config('app.user', ?, true)")) {
      set.setString(1, user);
      set.execute();
    }
  }

  private void read(HttpExchange exchange, Connection connection, String id)
      throws SQLException, IOException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT body FROM notes WHERE id = ?")) {
      query.setString(1, id);
      ResultSet rows = query.executeQuery();
      if (!rows.next()) {
        exchange.sendResponseHeaders(unseen(connection, id), -1);
        return;
      }
      byte[] body = rows.getString(1).getBytes(StandardCharsets.UTF_8);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(200, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private void change(HttpExchange exchange, Connection connection, String statement, String id)
      throws SQLException, IOException {
    try (PreparedStatement update = connection.prepareStatement(statement)) {
      update.setString(1, id);
      boolean done = update.executeUpdate() == 1;
      connection.commit();
      exchange.sendResponseHeaders(done ? 204 : unseen(connection, id), -1);
    }
  }

  private int unseen(Connection connection, String id) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT taken(?)")) {
      query.setString(1, id);
      ResultSet row = query.executeQuery();
      row.next();
      return saysForbidden && row.getBoolean(1) ? 403 : 404;
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
