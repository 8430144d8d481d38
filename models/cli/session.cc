#include "models/cli/session.h"

#include <fmt/format.h>

#include <cstdio>

#include "models/cli/interrupt.h"
#include "models/cli/outputs.h"
#include "models/cli/paths.h"
#include "reports/files.h"

namespace doorway {

Session::Session(const CheckOptions& options, bool files_by_default) : options_(options) {
  if (!options.json.empty()) CheckWritable(FromUser(options.json));
  if (!options.sarif.empty()) CheckWritable(FromUser(options.sarif));
  if (!options.out.empty()) CheckMakeable(FromUser(options.out));
  if (options.out.empty() && files_by_default) default_directory_ = DefaultOutputDirectory();
  WatchInterrupts();
}

bool Session::GoOn(const RunRequest& next) {
  if (!Interrupted()) return true;
  fmt::print(stderr, "doorway: interrupted before {}\n", next.model->name);
  Note(ExitCode::kUnknown);
  return false;
}

void Session::NoteError(const RunRequest& request, const ModelError& error) {
  fmt::print(stderr, "doorway: model {}: {}\n", request.model->name, error.what());
  Note(ExitCode::kBad);
}

TextOptions Session::WriteFiles(const Run& run, const Report& report, const std::string& folder,
                                const std::optional<Judged>& judged) {
  TextOptions text;
  text.replay_command = HowToCall(options_.program) + " replay";
  if (!run.by_clock) text.hint = "(to replay it, check again with --out=DIR, which keeps it)";
  try {
    if (!options_.out.empty()) {
      const std::string out = FromUser(folder.empty() ? options_.out : options_.out + "/" + folder);
      text.written = WriteFindings(run, report, Findings::kAll, out, text.replay_command);
      WriteReport(run, report, text.written, judged, out);
    } else if (!default_directory_.empty() && FirstViolation(report) != nullptr) {
      text.written = WriteFindings(run, report, Findings::kViolations, default_directory_, text.replay_command);
    }
  } catch (const FileError& error) {
    if (!options_.out.empty()) file_error_ = error.what();  // nobody asked for files elsewhere
  }
  if (!options_.json.empty()) json_.push_back(ReportJson(run, report, text.written, judged));
  return text;
}

void Session::NoteFindings(const Run& run, const Report& report) {
  if (!options_.sarif.empty()) sarif_.Add(run, report);
}

ExitCode Session::Finish(bool many) {
  if (json_.empty()) return FinishWith("");
  return FinishWith(many ? JsonArray(json_) : json_.front());
}

ExitCode Session::FinishWith(const std::string& json) {
  std::fflush(stdout);  // --json=/dev/stdout comes after the text
  if (!options_.json.empty() && !json.empty()) WriteFile(FromUser(options_.json), json);
  if (!options_.sarif.empty()) WriteFile(FromUser(options_.sarif), sarif_.Text());
  if (!file_error_.empty()) throw FileError(file_error_);
  return code_;
}

}  // namespace doorway
