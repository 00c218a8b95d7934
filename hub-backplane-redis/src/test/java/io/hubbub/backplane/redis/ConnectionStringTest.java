package io.hubbub.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionStringTest {
  private static List<RedisURI> servers(String text) {
    return ConnectionString.parse(text).servers();
  }

  private static RedisURI server(String text) {
    assertThat(servers(text)).hasSize(1);
    return servers(text).get(0);
  }

  @Test
  void anAddressIsEnough() {
    assertThat(server("localhost:7000").getPort()).isEqualTo(7000);
    assertThat(server("redis.example").getHost()).isEqualTo("redis.example");
    assertThat(server("redis.example").getPort()).isEqualTo(6379);
    assertThat(server("").getHost()).isEqualTo("localhost");
    assertThat(server("[::1]:7000").getPort()).isEqualTo(7000);
  }

  @Test
  void stackExchangeStringsAreUnderstood() {
    ConnectionString parsed =
        ConnectionString.parse(
            "one:6379, two:6380,user=ann,password=a=b,ssl=true,abortConnect=true,channelPrefix=app1,connectTimeout=3000,syncTimeout=1,defaultDatabase=3");

    assertThat(parsed.servers()).extracting(RedisURI::getHost).containsExactly("one", "two");
    assertThat(parsed.servers()).allMatch(RedisURI::isSsl);
    assertThat(parsed.channelPrefix()).contains("app1");
    assertThat(parsed.requiredAtStart()).contains(true);
    assertThat(parsed.connectTimeout()).contains(Duration.ofSeconds(3));
    parsed
        .servers()
        .forEach(
            uri ->
                uri.getCredentialsProvider()
                    .resolveCredentials()
                    .doOnNext(
                        credentials -> {
                          assertThat(credentials.getUsername()).isEqualTo("ann");
                          assertThat(credentials.getPassword()).isEqualTo("a=b".toCharArray());
                        })
                    .block());
  }

  @Test
  void aServiceNameMeansSentinels() {
    RedisURI uri = server("s1:26379,s2,serviceName=mymaster,password=secret");

    assertThat(uri.getSentinelMasterId()).isEqualTo("mymaster");
    assertThat(uri.getSentinels()).extracting(RedisURI::getHost).containsExactly("s1", "s2");
    assertThat(uri.getSentinels()).extracting(RedisURI::getPort).containsExactly(26379, 26379);
  }

  @Test
  void redisUrisAreUnderstood() {
    assertThat(server("rediss://ann:secret@redis.example:7000").isSsl()).isTrue();
    assertThat(server("redis-sentinel://s1,s2/0#mymaster").getSentinelMasterId())
        .isEqualTo("mymaster");
    assertThat(servers("redis://one:1,redis://two:2")).hasSize(2);
  }

  @Test
  void mistakesAreNamedWithoutRepeatingSecrets() {
    assertThatThrownBy(() -> ConnectionString.parse("one,pasword=secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'pasword'")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> servers("one:port")).isInstanceOf(IllegalArgumentException.class);
  }
}
