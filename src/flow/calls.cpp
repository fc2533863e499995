#include "flow/calls.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/files.h"
#include "flow/content_slot.h"
#include "flow/link_metadata.h"
#include "flow/symbols.h"

namespace trunkline::flow {
namespace {

using NodeKey = std::pair<ResourceKind, std::string>;

std::string NameOfDocument(const Document& document) {
  if (!document.name.empty()) return document.name;
  std::string name = FileName(document.file);
  if (name.ends_with(".json")) name.resize(name.size() - 5);
  return name;
}

class CallFinder {
 public:
  explicit CallFinder(std::span<const Document> documents) : documents_(documents) {}

  CallGraph Find() {
    for (const Document& document : documents_) AddDocument(document);
    for (std::size_t at = 0; at < documents_.size(); ++at)
      for (const Reference& one : References(documents_[at]))
        if (!one.in_metadata && one.kind != ResourceKind::kNone) AddCall(at, one);
    return std::move(graph_);
  }

 private:
  void AddDocument(const Document& document) {
    const ResourceKind kind = document.is_module ? ResourceKind::kModule : ResourceKind::kFlow;
    const std::size_t node = graph_.nodes.size();
    graph_.nodes.push_back({.kind = kind, .name = NameOfDocument(document), .file = document.file});
    by_name_.emplace(NodeKey(kind, graph_.nodes.back().name), node);
    const json::Object* description = FindDescription(document.format, document.root);
    if (description == nullptr) return;
    for (const std::string_view member : {"Id", "Arn"})
      if (const std::string_view id = description->GetString(member); !id.empty())
        by_name_.emplace(NodeKey(kind, std::string(id)), node);
  }

  // What the reference is called: the ids of documents are names of theirs, too.
  std::string NameOf(const Document& document, const Reference& reference) const {
    const bool is_literal =
        reference.style == ReferenceStyle::kArn || reference.style == ReferenceStyle::kId;
    if (!is_literal) return PlainKey(reference);
    if (by_name_.contains(NodeKey(reference.kind, reference.name))) return reference.name;
    std::string shown = DisplayName(document, reference);
    return shown.empty() ? reference.name : shown;
  }

  // "queue_Sales", which the mapping function serves where two kinds share a name, is Sales.
  std::string PlainKey(const Reference& reference) const {
    const std::string prefix = fmt::format("{}_", ToText(reference.kind));
    const bool is_own_key = reference.style == ReferenceStyle::kAttribute &&
                            reference.name.starts_with(prefix) &&
                            !by_name_.contains(NodeKey(reference.kind, reference.name));
    return is_own_key ? reference.name.substr(prefix.size()) : reference.name;
  }

  void AddCall(std::size_t from, const Reference& reference) {
    std::string name = NameOf(documents_[from], reference);
    const auto [found, is_new] =
        by_name_.emplace(NodeKey(reference.kind, name), graph_.nodes.size());
    if (is_new)
      graph_.nodes.push_back({.kind = reference.kind, .name = std::move(name), .file = {}});
    const std::size_t to = found->second;
    const auto [edge, is_first] = edges_.emplace(std::pair(from, to), graph_.calls.size());
    if (is_first) graph_.calls.push_back({.from = from, .to = to, .places = {}});
    graph_.calls[edge->second].places.push_back(reference.place);
  }

  std::span<const Document> documents_;
  CallGraph graph_;
  std::map<NodeKey, std::size_t> by_name_;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> edges_;
};

std::vector<std::vector<std::size_t>> Targets(const CallGraph& graph) {
  std::vector<std::vector<std::size_t>> targets(graph.nodes.size());
  for (const CallEdge& call : graph.calls) targets[call.from].push_back(call.to);
  return targets;
}

// The shortest way from a node back to it, or nothing.
std::vector<std::size_t> WayBack(const std::vector<std::vector<std::size_t>>& targets,
                                 std::size_t node) {
  std::map<std::size_t, std::size_t> came_from;
  std::deque<std::size_t> open{node};
  while (!open.empty()) {
    const std::size_t at = open.front();
    open.pop_front();
    for (const std::size_t to : targets[at]) {
      if (!came_from.emplace(to, at).second) continue;
      if (to != node) {
        open.push_back(to);
        continue;
      }
      std::vector<std::size_t> way{node};
      for (std::size_t back = at; back != node; back = came_from.at(back)) way.push_back(back);
      way.push_back(node);
      std::ranges::reverse(way);
      return way;
    }
  }
  return {};
}

}  // namespace

CallGraph FindCalls(std::span<const Document> documents) {
  return CallFinder(documents).Find();
}

std::vector<std::size_t> FindOrphans(const CallGraph& graph) {
  std::vector<bool> is_named(graph.nodes.size(), false);
  for (const CallEdge& call : graph.calls)
    if (call.from != call.to) is_named[call.to] = true;
  std::vector<std::size_t> orphans;
  for (std::size_t at = 0; at < graph.nodes.size(); ++at)
    if (!is_named[at] && !graph.nodes[at].file.empty()) orphans.push_back(at);
  return orphans;
}

std::vector<std::vector<std::size_t>> FindCycles(const CallGraph& graph) {
  const std::vector<std::vector<std::size_t>> targets = Targets(graph);
  std::set<std::set<std::size_t>> seen;
  std::vector<std::vector<std::size_t>> cycles;
  for (std::size_t at = 0; at < graph.nodes.size(); ++at) {
    std::vector<std::size_t> way = WayBack(targets, at);
    if (!way.empty() && seen.emplace(way.begin(), way.end()).second)
      cycles.push_back(std::move(way));
  }
  return cycles;
}

std::string NameOf(const CallNode& node) {
  return fmt::format("{} '{}'", ToText(node.kind), node.name);
}

}  // namespace trunkline::flow
