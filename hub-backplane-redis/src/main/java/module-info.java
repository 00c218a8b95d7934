/** Several nodes behind one Redis. */
module io.hubbub.backplane.redis {
  requires transitive io.hubbub.core;
  requires lettuce.core;
  requires org.slf4j;

  exports io.hubbub.backplane.redis;
}
