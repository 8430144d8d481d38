#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/behaviour/model_error.h"
#include "models/cli/commands.h"
#include "reports/json.h"
#include "reports/run.h"
#include "reports/sarif.h"
#include "reports/text.h"

// What the runs of one command have in common: where they leave files, the JSON, the worst exit code so far.

namespace doorway {

class Session {
 public:
  // `files_by_default`: without --out, violations go to the user's cache. Keeps a reference to `options`. Watches for
  // Ctrl-C from now on. Errors: FileError, if an output cannot be written.
  Session(const CheckOptions& options, bool files_by_default);

  // Whether to go on to the next of the runs; says so, once, if not.
  bool GoOn(const RunRequest& next);

  void Note(ExitCode code) { code_ = Worst(code_, code); }
  void NoteError(const RunRequest& request, const ModelError& error);
  ExitCode code() const { return code_; }

  // Writes the run's report and the files of its findings, as far as they are wanted; in a folder of their own in that
  // of --out, if `folder` is not empty.
  TextOptions WriteFiles(const Run& run, const Report& report, const std::string& folder = "",
                         const std::optional<Judged>& judged = std::nullopt);

  // What is found against a model, for --sarif.
  void NoteFindings(const Run& run, const Report& report);

  // Writes the reports of all runs to --json, as an array if there are `many`. Errors: FileError.
  ExitCode Finish(bool many);
  // The same with a JSON of the command's own.
  ExitCode FinishWith(const std::string& json);

 private:
  const CheckOptions& options_;
  std::string default_directory_;
  std::vector<std::string> json_;
  SarifLog sarif_;
  std::string file_error_;
  ExitCode code_ = ExitCode::kOk;
};

}  // namespace doorway
