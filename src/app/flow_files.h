// Working on flow files: finding and reading them, formatting.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/in_order.h"
#include "base/files.h"
#include "base/finding.h"
#include "base/result.h"
#include "flow/document.h"

namespace trunkline::app {

// The files that PATHs stand for: a file is itself, a folder every *.json below it (but nothing
// below .git, node_modules or build). Sorted, each once. A path that does not exist is an error.
Result<std::vector<std::string>> FindFlowFiles(const Files& files,
                                               const std::vector<std::string>& paths);

// The same with other endings than ".json".
Result<std::vector<std::string>> FindFilesEnding(const Files& files,
                                                 const std::vector<std::string>& paths,
                                                 const std::vector<std::string>& endings);

// The finding about a file that cannot be used: what cannot be done with one is said like what is
// wrong in it, and the others go on.
Finding UnusableFile(const std::string& file, const Error& error);

// Whether a JSON file may be a flow: it has Actions, Content or the legacy modules, and is no test
// case (docs/test.md).
bool LooksLikeFlow(const std::string& text);

// A flow file as it was found.
struct FlowFile {
  std::string path;
  std::optional<flow::Document> document;  // nothing when there is no flow in it at all
  Findings findings;                       // of reading it

  // An error in it leaves nothing to work with, only a document to name in messages.
  bool Readable() const { return document.has_value() && !HasErrors(findings); }
};

struct FlowCount {
  std::size_t files = 0;
  std::size_t skipped = 0;  // JSON files below a folder that are not flows
};

// A file that PATHs stand for.
struct FoundFile {
  std::string path;
  bool named = false;  // by the user, not found in a folder
};
Result<std::vector<FoundFile>> FindFiles(const Files& files, const std::vector<std::string>& paths,
                                         const std::vector<std::string>& endings);
// In a folder, JSON that is no flow is nothing; a file named as such must be one.
std::optional<FlowFile> ReadFoundFile(const Files& files, const FoundFile& found);

// Reads the flows of the PATHs, makes something of each (`work`, of a FlowFile) on all cores, and
// gives that to `take` on the calling thread, in the order of the files.
template <class Work, class Take>
Result<FlowCount> VisitFlows(const Files& files, const std::vector<std::string>& paths,
                             const Work& work, const Take& take) {
  using Made = std::optional<decltype(work(FlowFile{}))>;
  TL_TRY(const std::vector<FoundFile> found, FindFiles(files, paths, {".json"}));
  FlowCount count;
  const auto make = [&](std::size_t i) -> Made {
    std::optional<FlowFile> file = ReadFoundFile(files, found[i]);
    return file ? Made(work(std::move(*file))) : std::nullopt;
  };
  WorkInOrder(found.size(), make, [&](Made made) {
    ++(made ? count.files : count.skipped);
    if (made) take(std::move(*made));
  });
  return count;
}

struct FormatReport {
  std::vector<std::string> changed;
  std::size_t files = 0;
  Findings findings;  // files that cannot be read
};
// Rewrites files in their canonical form; with `check` only tells which would change.
Result<FormatReport> FormatFlows(Files& files, const std::vector<std::string>& paths, bool check);

}  // namespace trunkline::app
