// Starts `assize lsp` for reports (Markdown, text, HTML) and for the rule files beside them.
const { workspace, commands } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function start() {
  const settings = workspace.getConfiguration("assize");
  const server = {
    command: settings.get("path"),
    args: ["lsp", ...settings.get("arguments")],
  };
  const languages = ["markdown", "plaintext", "html", "yaml"];
  client = new LanguageClient("assize", "Assize", server, {
    documentSelector: languages.map((language) => ({ language })),
    synchronize: { fileEvents: workspace.createFileSystemWatcher("**/*.{yaml,yml}") },
  });
  return client.start();
}

exports.activate = (context) => {
  context.subscriptions.push(
    commands.registerCommand("assize.restart", async () => {
      await client?.stop();
      await start();
    }),
  );
  return start();
};

exports.deactivate = () => client?.stop();
