package io.hubbub.protocol.msgpack;

/** The families of MessagePack formats. */
enum MsgPackKind {
  NIL,
  BOOLEAN,
  INTEGER,
  FLOAT,
  STRING,
  BINARY,
  EXTENSION,
  ARRAY,
  MAP,
  /** No value: the end, or the byte that is never used. */
  NONE;

  private static final MsgPackKind[] BY_FORMAT = byFormat();

  static MsgPackKind of(int format) {
    return BY_FORMAT[format];
  }

  private static MsgPackKind[] byFormat() {
    MsgPackKind[] kinds = new MsgPackKind[256];
    fill(kinds, 0x00, 0x7F, INTEGER);
    fill(kinds, 0x80, 0x8F, MAP);
    fill(kinds, 0x90, 0x9F, ARRAY);
    fill(kinds, 0xA0, 0xBF, STRING);
    fill(kinds, 0xC0, 0xC0, NIL);
    fill(kinds, 0xC1, 0xC1, NONE);
    fill(kinds, 0xC2, 0xC3, BOOLEAN);
    fill(kinds, 0xC4, 0xC6, BINARY);
    fill(kinds, 0xC7, 0xC9, EXTENSION);
    fill(kinds, 0xCA, 0xCB, FLOAT);
    fill(kinds, 0xCC, 0xD3, INTEGER);
    fill(kinds, 0xD4, 0xD8, EXTENSION);
    fill(kinds, 0xD9, 0xDB, STRING);
    fill(kinds, 0xDC, 0xDD, ARRAY);
    fill(kinds, 0xDE, 0xDF, MAP);
    fill(kinds, 0xE0, 0xFF, INTEGER);
    return kinds;
  }

  private static void fill(MsgPackKind[] kinds, int first, int last, MsgPackKind kind) {
    for (int format = first; format <= last; format++) {
      kinds[format] = kind;
    }
  }
}
