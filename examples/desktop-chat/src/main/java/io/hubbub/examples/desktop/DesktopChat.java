package io.hubbub.examples.desktop;

import java.net.URI;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;

/** A window that joins the chat of the browsers. Arguments: {@code [hub address [name]]}. */
public final class DesktopChat {
  private static final String DEFAULT_HUB = "http://localhost:8080/chathub";

  private DesktopChat() {}

  /** Opens the window. */
  public static void main(String[] args) {
    URI hub = URI.create(args.length > 0 ? args[0] : DEFAULT_HUB);
    String user = args.length > 1 ? args[1] : System.getProperty("user.name");
    SwingUtilities.invokeLater(() -> open(hub, user));
  }

  private static void open(URI hub, String user) {
    ChatSession session = new ChatSession(hub, user);
    JFrame window = new JFrame("Chat – " + user);
    window.setDefaultCloseOperation(JFrame.EXIT_ON_CLOSE);
    window.add(session.panel());
    window.pack();
    window.setVisible(true);
    var unused = session.connect(user);
  }
}
