package io.oarlock.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadTest {
  @Test
  void aPrincipalTooFastIsToldToWaitAndOthersAreNot() throws Exception {
    try (var harbour = new Harbour(withRates(new HttpConfig.Rates(1, 3, 100, 200, 10)))) {
      for (var left : List.of("2", "1", "0")) {
        var answer = harbour.get("/v1/boats");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("RateLimit"))
            .hasValue("\"principal\";r=" + left + ";t=1");
      }
      var refused = harbour.get("/v1/boats");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      var other = HarbourPlatform.TOKEN + ".other";
      var request = harbour.request("/v1/boats").setHeader("Authorization", "Bearer " + other);
      assertThat(harbour.send(request).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void guessingTokensIsSlowedDownByAddress() throws Exception {
    try (var harbour = new Harbour(withRates(new HttpConfig.Rates(100, 100, 1, 2, 10)))) {
      var request = HttpRequest.newBuilder(harbour.uri("/v1/boats"));
      assertThat(harbour.send(request).statusCode()).isEqualTo(401);
      assertThat(harbour.send(request).statusCode()).isEqualTo(401);
      assertThat(harbour.send(request).statusCode()).isEqualTo(429);
      assertThat(harbour.get("/v1/boats").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aBucketFillsAgainWithTime() {
    var now = new long[] {0};
    var limiter = new RateLimiter("test", 2, 1, 1, () -> now[0]);
    assertThat(limiter.take("a").allowed()).isTrue();
    assertThat(limiter.take("a").allowed()).isFalse();
    now[0] += 500_000_000;
    assertThat(limiter.take("a").allowed()).isTrue();
  }

  @Test
  void bucketsBeyondTheBoundShareOne() {
    var limiter = new RateLimiter("test", 1, 1, 1, () -> 0);
    assertThat(limiter.take("a").allowed()).isTrue();
    assertThat(limiter.take("b").allowed()).isTrue();
    assertThat(limiter.take("c").allowed()).isFalse();
  }

  @Test
  void moreRequestsAtOnceThanTheBoundAreTurnedAway() throws Exception {
    try (var harbour = new Harbour(withLoad(new HttpConfig.Load(0, 10, 1_000)))) {
      var answer = harbour.get("/livez");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    }
  }

  @Test
  void moreBytesOfBodiesThanTheBoundAreTurnedAway() throws Exception {
    try (var harbour = new Harbour(withLoad(new HttpConfig.Load(10, 10, 1_000)))) {
      assertThat(harbour.post("/v1/boats", "{\"name\":\"a\"}").statusCode()).isEqualTo(201);
      var big = "{\"name\":\"" + "x".repeat(2_000) + "\"}";
      assertThat(harbour.post("/v1/boats", big).statusCode()).isEqualTo(503);
      assertThat(harbour.post("/v1/boats", "{\"name\":\"a\"}").statusCode()).isEqualTo(201);
    }
  }

  @Test
  void aRequestOverItsTimeIsToldThatItsEndIsNotKnown() throws Exception {
    try (var harbour = new Harbour(hasty())) {
      var answer = harbour.get("/v1/boats/census?anchored=true");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(Harbour.object(answer)).containsEntry("code", "timed-out");
      assertThat(harbour.metric("oarlock_http_requests_open")).isPositive();
      harbour.platform.weighAnchor();
      harbour.await(() -> harbour.metric("oarlock_http_requests_open") == 0);
    }
  }

  private static HttpConfig hasty() {
    var c = Harbour.quick();
    var brief = Duration.ofMillis(300);
    var times = new HttpConfig.Times(brief, brief, c.times().idle(), brief, brief);
    return new HttpConfig(
        c.host(),
        0,
        c.tls(),
        c.publicUrl(),
        c.socket(),
        c.origins(),
        1,
        c.sizes(),
        times,
        c.load(),
        c.rates(),
        c.push());
  }

  private static HttpConfig withRates(HttpConfig.Rates rates) {
    var c = Harbour.quick();
    return new HttpConfig(
        c.host(),
        0,
        c.tls(),
        c.publicUrl(),
        c.socket(),
        c.origins(),
        1,
        c.sizes(),
        c.times(),
        c.load(),
        rates,
        c.push());
  }

  private static HttpConfig withLoad(HttpConfig.Load load) {
    var c = Harbour.quick();
    return new HttpConfig(
        c.host(),
        0,
        c.tls(),
        c.publicUrl(),
        c.socket(),
        c.origins(),
        1,
        c.sizes(),
        c.times(),
        load,
        c.rates(),
        c.push());
  }
}
