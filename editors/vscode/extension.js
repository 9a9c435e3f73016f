// Starts `assize lsp` for reports (Markdown, text, HTML) and for the rule files beside them.
const { execFile } = require("child_process");
const { homedir } = require("os");
const { commands, window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const LANGUAGES = ["markdown", "plaintext", "html", "yaml"];
// Not what a view of changes shows beside a file: its earlier version is no second report.
const SCHEMES = ["file", "untitled"];

let client;
// Of rule files, configurations and the files beside reports.
let watcher;
// Stops and starts come one after the other.
let last = Promise.resolve();

function folder() {
  return workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file")?.uri.fsPath;
}

// What is to be run, as the settings have it.
function program() {
  const settings = workspace.getConfiguration("assize");
  const path = settings.get("path").trim() || "assize";
  const command = path.replace(/^~(?=[\\/])/, homedir()).replace("${workspaceFolder}", folder() ?? ".");
  return { command, args: ["lsp", ...settings.get("arguments")], options: { cwd: folder() } };
}

// Why the program cannot be run with these arguments; nothing where it can.
function refused({ command, args, options }) {
  return new Promise((answer) => {
    execFile(command, [...args, "--help"], options, (error, _, complaint) => {
      if (!error) return answer();
      const why = complaint.split("\n").find((line) => line.trim()) ?? error.message;
      answer(
        error.code === "ENOENT"
          ? `the program “${command}” was not found. Install it, or say in the settings where it is.`
          : `“${[command, ...args].join(" ")}” does not start: ${why.replace(/^error: /, "")}`,
      );
    });
  });
}

async function complain(why) {
  const [settings, again] = ["Open the settings", "Try again"];
  const chosen = await window.showErrorMessage(`Assize is not checking: ${why}`, settings, again);
  if (chosen === settings) await commands.executeCommand("workbench.action.openSettings", "@ext:assize.assize");
  if (chosen === again) await restart();
}

async function start() {
  const server = program();
  const why = await refused(server);
  if (why) {
    // The answer to it may be to start again.
    void complain(why);
    return;
  }
  client = new LanguageClient("assize", "Assize", server, {
    documentSelector: LANGUAGES.flatMap((language) => SCHEMES.map((scheme) => ({ scheme, language }))),
    synchronize: { fileEvents: watcher },
  });
  await client.start();
}

async function stop() {
  const running = client;
  client = undefined;
  if (running?.isRunning()) await running.stop();
}

function restart() {
  last = last.then(stop).catch(() => {}).then(start);
  return last;
}

exports.activate = (context) => {
  watcher = workspace.createFileSystemWatcher("**/*.{yaml,yml}");
  context.subscriptions.push(
    watcher,
    commands.registerCommand("assize.restart", restart),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("assize")) void restart();
    }),
  );
  return restart();
};

exports.deactivate = stop;
