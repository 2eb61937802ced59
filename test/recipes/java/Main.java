import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** The class in the server of the JDK, with the user of a fixed session. */
public final class Main {
  public static void main(String[] args) throws Exception {
    Qualifio qualifio = new Qualifio();
    if (args.length > 0) {
      System.out.write(call(qualifio).getBytes(StandardCharsets.UTF_8));
      System.out.flush();
      return;
    }
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv("PORT"))), 0);
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext("/qualifio/token", exchange -> answer(exchange, qualifio));
    server.createContext("/jwks.json", exchange -> answer(exchange, qualifio));
    server.start();
  }

  /** Signs for the participant of the input, and returns the answer's body. */
  private static String call(Qualifio qualifio) throws Exception {
    Map<String, Object> who = new ObjectMapper().readValue(System.in, new TypeReference<>() {});
    UnaryOperator<String> header = name -> name.equals("Sec-Fetch-Site") ? "same-origin" : null;
    return qualifio.token("GET", header, query("campaignId=123456"), () -> who).body();
  }

  private static void answer(HttpExchange exchange, Qualifio qualifio) {
    try (exchange) {
      Headers headers = exchange.getRequestHeaders();
      String cookie = headers.getFirst("Cookie");
      boolean isSignedIn = cookie != null && cookie.contains("__Host-session=example-session-id");
      Qualifio.Answer answer =
          exchange.getRequestURI().getPath().equals("/jwks.json")
              ? qualifio.jwks()
              : qualifio.token(
                  exchange.getRequestMethod(),
                  headers::getFirst,
                  query(exchange.getRequestURI().getRawQuery()),
                  () -> isSignedIn ? Map.of("sub", 42, "exp", 9999999999L, "campaignId", "1", "iss", "stranger") : null);
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      boolean isHead = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), isHead ? -1 : body.length);
      if (!isHead) exchange.getResponseBody().write(body);
    } catch (Exception error) {
      error.printStackTrace();
    }
  }

  private static Map<String, List<String>> query(String text) {
    Map<String, List<String>> query = new HashMap<>();
    for (String pair : (text == null ? "" : text).split("&")) {
      String[] parts = pair.split("=", 2);
      String value = parts.length == 2 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "";
      query.computeIfAbsent(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), name -> new ArrayList<>()).add(value);
    }
    return query;
  }
}
