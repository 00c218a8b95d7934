package io.hubbub.examples.desktop;

import java.awt.BorderLayout;
import javax.swing.BorderFactory;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.JTextField;

/** What is seen of the chat: the messages, a line to write in, and how the connection is. */
final class ChatPanel extends JPanel implements ChatClient {
  private static final long serialVersionUID = 1L;

  private final JTextArea messages = new JTextArea(16, 44);
  private final JTextField line = new JTextField();
  private final JLabel status = new JLabel(" ");

  ChatPanel(ChatServer server, String user) {
    super(new BorderLayout(8, 8));
    setBorder(BorderFactory.createEmptyBorder(8, 8, 8, 8));
    messages.setEditable(false);
    messages.setLineWrap(true);
    add(status, BorderLayout.NORTH);
    add(new JScrollPane(messages), BorderLayout.CENTER);
    add(line, BorderLayout.SOUTH);
    line.addActionListener(
        enter -> {
          server
              .sendMessage(user, line.getText())
              .whenCompleteAsync((sent, error) -> sent(error == null ? "" : "Not sent: " + error));
          line.setText("");
        });
  }

  private void sent(String problem) {
    if (!problem.isEmpty()) {
      showStatus(problem);
    }
  }

  @Override
  public void receiveMessage(String user, String message) {
    messages.append(user + ": " + message + "\n");
  }

  void showStatus(String text) {
    status.setText(text);
  }

  /** Everything that was said. */
  String conversation() {
    return messages.getText();
  }

  /** Writes a message as a user does. */
  void say(String text) {
    line.setText(text);
    line.postActionEvent();
  }
}
