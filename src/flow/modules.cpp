#include "flow/modules.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/symbols.h"

namespace trunkline::flow {
namespace {

constexpr std::size_t kMaxDepth = 5;

struct Call {
  std::size_t target;    // position in the documents
  std::uint32_t offset;  // of the invocation in the caller's content
};

class Checker {
 public:
  explicit Checker(std::span<const Document> documents)
      : documents_(documents),
        calls_(documents.size()),
        state_(documents.size(), State::kNew),
        below_(documents.size()) {
    for (std::size_t i = 0; i < documents.size(); ++i) {
      if (documents[i].is_module && !documents[i].name.empty())
        modules_.emplace(documents[i].name, i);
    }
    for (std::size_t i = 0; i < documents.size(); ++i) FindCalls(i);
  }

  Findings Run() {
    for (std::size_t i = 0; i < documents_.size(); ++i) Visit(i);
    for (std::size_t i = 0; i < documents_.size(); ++i) CheckDepth(i);
    return std::move(findings_);
  }

 private:
  enum class State { kNew, kOpen, kDone };

  void FindCalls(std::size_t caller) {
    for (const Reference& reference : References(documents_[caller])) {
      const bool by_name = reference.style == ReferenceStyle::kSymbol ||
                           reference.style == ReferenceStyle::kAttribute;
      if (!reference.in_position || reference.kind != ResourceKind::kModule || !by_name) continue;
      const auto module = modules_.find(reference.name);
      if (module != modules_.end()) calls_[caller].push_back({module->second, reference.offset});
    }
  }

  // Depth first; below_ becomes the longest chain of modules under a document. Modules are few, the
  // stack is shallow: it is as deep as the longest chain of different modules, at most 200 on one
  // instance.
  void Visit(std::size_t at) {
    if (state_[at] != State::kNew) return;
    state_[at] = State::kOpen;
    chain_.push_back(at);
    for (const Call& call : calls_[at]) {
      if (state_[call.target] == State::kOpen) {
        ReportCycle(at, call);
        continue;
      }
      Visit(call.target);
      if (below_[call.target].size() + 1 > below_[at].size()) {
        below_[at] = below_[call.target];
        below_[at].insert(below_[at].begin(), call.target);
      }
    }
    chain_.pop_back();
    state_[at] = State::kDone;
  }

  std::string Chain(std::span<const std::size_t> members) const {
    std::vector<std::string> names;
    for (const std::size_t member : members)
      names.push_back(fmt::format("'{}'", documents_[member].name));
    return Join(names, " -> ");
  }

  void ReportCycle(std::size_t caller, const Call& call) {
    const auto first = std::ranges::find(chain_, call.target);
    std::vector<std::size_t> members(first, chain_.end());
    members.push_back(call.target);
    findings_.push_back(
        FindingAt(documents_[caller], Severity::kError, "TL-F401",
                  fmt::format("modules invoke each other in a cycle: {}", Chain(members)),
                  "a module must not lead back to itself", call.offset));
  }

  // Reported where the chain starts: at a flow, or at a module that nobody invokes.
  void CheckDepth(std::size_t at) {
    const std::size_t depth = below_[at].size() + (documents_[at].is_module ? 1 : 0);
    if (depth <= kMaxDepth || IsInvoked(at)) return;
    const std::size_t first = below_[at].front();
    const auto call = std::ranges::find(calls_[at], first, &Call::target);
    std::vector<std::size_t> members = below_[at];
    members.insert(members.begin(), at);
    findings_.push_back(
        FindingAt(documents_[at], Severity::kError, "TL-F402",
                  fmt::format("modules nest {} levels deep, but the service allows {}: {}", depth,
                              kMaxDepth, Chain(members)),
                  "", call->offset));
  }

  bool IsInvoked(std::size_t at) const {
    return std::ranges::any_of(calls_, [&](const std::vector<Call>& calls) {
      return std::ranges::find(calls, at, &Call::target) != calls.end();
    });
  }

  std::span<const Document> documents_;
  std::map<std::string_view, std::size_t> modules_;
  std::vector<std::vector<Call>> calls_;
  std::vector<State> state_;
  std::vector<std::vector<std::size_t>> below_;
  std::vector<std::size_t> chain_;
  Findings findings_;
};

}  // namespace

Findings CheckModuleCycles(std::span<const Document> documents) {
  return Checker(documents).Run();
}

}  // namespace trunkline::flow
