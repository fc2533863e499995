#include "app/flow_diff.h"

#include <algorithm>
#include <optional>

#include "app/flow_files.h"

namespace trunkline::app {
namespace {

constexpr double kRenamed = 0.5;            // of the actions, and more
constexpr std::size_t kMostNameless = 200;  // gone or new flows that are looked at for it

std::optional<flow::Document> ReadFlow(const Files& files, const std::string& path,
                                       Findings& findings) {
  Result<std::string> bytes = files.Read(path);
  if (!bytes) {
    findings.push_back(UnusableFile(path, bytes.error()));
    return std::nullopt;
  }
  flow::Parsed parsed = flow::Parse(std::move(*bytes), path);
  const bool readable = parsed.document.has_value() && !HasErrors(parsed.findings);
  findings.insert(findings.end(), parsed.findings.begin(), parsed.findings.end());
  return readable ? std::move(parsed.document) : std::nullopt;
}

// A flow that only one of the versions has.
struct Single {
  std::string path;
  std::optional<flow::Document> document;
  bool paired = false;
};

struct Pair {
  std::size_t gone;
  std::size_t added;
  double alike;
};

std::vector<Pair> LikelyPairs(const std::vector<Single>& gone, const std::vector<Single>& added) {
  std::vector<Pair> pairs;
  if (gone.size() > kMostNameless || added.size() > kMostNameless) return pairs;
  for (std::size_t left = 0; left < gone.size(); ++left) {
    for (std::size_t right = 0; right < added.size(); ++right) {
      if (!gone[left].document || !added[right].document) continue;
      const double alike = flow::Alike(*gone[left].document, *added[right].document);
      if (alike > kRenamed) pairs.push_back({left, right, alike});
    }
  }
  std::ranges::stable_sort(pairs, std::ranges::greater(), &Pair::alike);
  return pairs;
}

class Comparer {
 public:
  explicit Comparer(const FlowSets& sets) : sets_(sets) {}

  FlowDiffReport Run() {
    CompareNamesakes();
    for (Pair& pair : LikelyPairs(gone_, added_)) {
      Single& was = gone_[pair.gone];
      Single& is = added_[pair.added];
      if (was.paired || is.paired) continue;
      was.paired = is.paired = true;
      ++report_.compared;
      report_.flows.push_back({.file = is.path,
                               .was = was.path,
                               .kind = flow::ChangeKind::kChanged,
                               .changes = flow::DiffFlows(*was.document, *is.document)});
    }
    Say(gone_, flow::ChangeKind::kRemoved);
    Say(added_, flow::ChangeKind::kAdded);
    std::ranges::stable_sort(report_.flows, {}, &FlowFileDiff::file);
    return std::move(report_);
  }

 private:
  void CompareNamesakes() {
    for (const auto& [name, path] : sets_.before.paths) {
      std::optional<flow::Document> was = ReadFlow(*sets_.before.files, path, report_.findings);
      const auto found = sets_.after.paths.find(name);
      if (found == sets_.after.paths.end()) {
        gone_.push_back({.path = path, .document = std::move(was)});
      } else if (const auto is = ReadFlow(*sets_.after.files, found->second, report_.findings);
                 was && is) {
        Compare(*was, *is);
      }
    }
    for (const auto& [name, path] : sets_.after.paths) {
      if (sets_.before.paths.contains(name)) continue;
      added_.push_back(
          {.path = path, .document = ReadFlow(*sets_.after.files, path, report_.findings)});
    }
  }

  void Compare(const flow::Document& was, const flow::Document& is) {
    ++report_.compared;
    std::vector<flow::FlowChange> changes = flow::DiffFlows(was, is);
    if (changes.empty()) return;
    report_.flows.push_back({.file = is.file,
                             .was = {},
                             .kind = flow::ChangeKind::kChanged,
                             .changes = std::move(changes)});
  }

  void Say(const std::vector<Single>& flows, flow::ChangeKind kind) {
    for (const Single& one : flows)
      if (!one.paired)
        report_.flows.push_back({.file = one.path, .was = {}, .kind = kind, .changes = {}});
  }

  const FlowSets& sets_;
  std::vector<Single> gone_;
  std::vector<Single> added_;
  FlowDiffReport report_;
};

}  // namespace

FlowDiffReport DiffFlowSets(const FlowSets& sets) {
  return Comparer(sets).Run();
}

}  // namespace trunkline::app
