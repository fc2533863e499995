#include "aws/route.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace trunkline::aws {
namespace {

using Segments = std::vector<std::string_view>;

// "/a/b/" -> "a", "b", "": the empty last one tells of the slash.
Segments SplitPath(std::string_view path) {
  Segments segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  if (path.empty()) return segments;
  segments.reserve(8);
  for (;;) {
    const std::size_t slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

// Whether everything from `at` on is at most the slash at the end.
bool AtEnd(const Segments& segments, std::size_t at) {
  return at == segments.size() || (at + 1 == segments.size() && segments[at].empty());
}

// The text from segment `first` to before `last`, slashes included.
std::string_view Span(const Segments& segments, std::size_t first, std::size_t last) {
  const char* begin = segments[first].data();
  const char* end = segments[last - 1].data() + segments[last - 1].size();
  return {begin, static_cast<std::size_t>(end - begin)};
}

bool Fits(const UriTemplate& uri, std::size_t part, const Segments& segments, std::size_t at,
          Labels& labels) {
  if (part == uri.segments.size()) return AtEnd(segments, at);
  if (at >= segments.size()) return false;
  const UriTemplate::Segment& wanted = uri.segments[part];
  if (!wanted.label)
    return segments[at] == wanted.text && Fits(uri, part + 1, segments, at + 1, labels);
  const std::size_t longest = wanted.greedy ? segments.size() : at + 1;
  for (std::size_t last = longest; last > at; --last) {
    const std::string_view text = Span(segments, at, last);
    if (text.empty()) continue;
    labels.emplace_back(wanted.text, text);
    if (Fits(uri, part + 1, segments, last, labels)) return true;
    labels.pop_back();
  }
  return false;
}

}  // namespace

RawQuery SplitQuery(std::string_view query) {
  RawQuery parts;
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view part = query.substr(0, end);
    if (!part.empty()) {
      const std::size_t equals = part.find('=');
      parts.emplace_back(part.substr(0, equals), equals == std::string_view::npos
                                                     ? std::string_view()
                                                     : part.substr(equals + 1));
    }
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
  }
  return parts;
}

UriTemplate ReadUri(std::string_view uri) {
  UriTemplate result;
  const std::size_t mark = uri.find('?');
  std::string_view path = uri.substr(0, mark);
  result.slash_at_end = path.size() > 1 && path.ends_with('/');
  if (path.ends_with('/')) path.remove_suffix(1);
  for (const std::string_view segment : SplitPath(path)) {
    const bool label = segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
    const bool greedy = label && segment[segment.size() - 2] == '+';
    const std::size_t frame = label ? (greedy ? 3 : 2) : 0;
    result.segments.push_back(
        {.text = std::string(segment.substr(label ? 1 : 0, segment.size() - frame)),
         .label = label,
         .greedy = greedy});
  }
  if (mark == std::string_view::npos) return result;
  for (const auto& [key, value] : SplitQuery(uri.substr(mark + 1))) {
    result.query.push_back({.key = std::string(key),
                            .value = value == "{}" ? "" : std::string(value),
                            .has_value = !value.empty() && value != "{}",
                            .required = value == "{}"});
  }
  return result;
}

bool ReadLabels(const UriTemplate& uri, std::string_view path, Labels& labels) {
  labels.clear();
  return Fits(uri, 0, SplitPath(path), 0, labels);
}

struct RouteIndex::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> label;
  std::unique_ptr<Node> greedy;
  std::vector<const OperationRow*> operations;
};

// What tells operations with the same method and path apart, beside literal query parts.
struct RouteIndex::Needs {
  std::vector<std::string> query;
  std::vector<std::string> headers;
};

RouteIndex::RouteIndex(const Model& model) : model_(model) {
  templates_.reserve(model.operations.size());
  needs_.reserve(model.operations.size());
  for (const OperationRow& operation : model.operations) {
    templates_.push_back(ReadUri(operation.uri));
    Needs needs;
    for (const UriTemplate::QueryPart& part : templates_.back().query) {
      if (part.required) needs.query.push_back(part.key);
    }
    std::erase_if(templates_.back().query,
                  [](const UriTemplate::QueryPart& part) { return part.required; });
    if (operation.input != nullptr) {
      for (const MemberRow& member : operation.input->members) {
        if (member.required && member.location == Location::kQuery)
          needs.query.push_back(member.wire_name);
        if (member.required && member.location == Location::kHeader)
          needs.headers.push_back(member.wire_name);
      }
    }
    needs_.push_back(std::move(needs));
  }
  const bool rest = model.protocol == Protocol::kRestJson || model.protocol == Protocol::kRestXml;
  if (!rest) return;
  for (const OperationRow& operation : model.operations) Insert(operation);
}

RouteIndex::~RouteIndex() = default;

void RouteIndex::Insert(const OperationRow& operation) {
  auto method =
      std::ranges::find(methods_, operation.method, &decltype(methods_)::value_type::first);
  if (method == methods_.end()) {
    methods_.emplace_back(operation.method, std::make_unique<Node>());
    method = methods_.end() - 1;
  }
  Node* node = method->second.get();
  for (const UriTemplate::Segment& segment : TemplateOf(operation).segments) {
    std::unique_ptr<Node>& next = segment.greedy  ? node->greedy
                                  : segment.label ? node->label
                                                  : node->literals[segment.text];
    if (!next) next = std::make_unique<Node>();
    node = next.get();
  }
  node->operations.push_back(&operation);
}

const UriTemplate& RouteIndex::TemplateOf(const OperationRow& operation) const {
  return templates_[static_cast<std::size_t>(&operation - model_.operations.data())];
}

struct RouteIndex::Search {
  const RouteIndex& index;
  const net::Request& request;
  Segments segments;
  RawQuery query;

  bool HasKey(std::string_view key) const {
    return std::ranges::any_of(query, [&](const auto& part) { return part.first == key; });
  }

  bool HasPart(const UriTemplate::QueryPart& wanted) const {
    return std::ranges::any_of(query, [&](const auto& part) {
      return part.first == wanted.key && (!wanted.has_value || part.second == wanted.value);
    });
  }

  // Higher is the better fit; negative: not this one.
  int Score(const OperationRow& operation) const {
    const auto at = static_cast<std::size_t>(&operation - index.model_.operations.data());
    int score = operation.implemented ? 1 : 0;
    for (const UriTemplate::QueryPart& part : index.templates_[at].query) {
      if (!HasPart(part)) return -1;
      score += 1000;
    }
    const Needs& needs = index.needs_[at];
    const bool all =
        std::ranges::all_of(needs.query, [&](const std::string& key) { return HasKey(key); }) &&
        std::ranges::all_of(needs.headers,
                            [&](const std::string& name) { return request.headers.Has(name); });
    // S3 tells "PUT /bucket/key" from its parts by required keys alone. Elsewhere a missing one is
    // the handler's to tell.
    if (!all && score < 1000 && index.model_.protocol == Protocol::kRestXml) return -1;
    if (all) score += 10 * (1 + static_cast<int>(needs.query.size() + needs.headers.size()));
    return score;
  }

  const OperationRow* Best(const Node& node) const {
    const OperationRow* best = nullptr;
    int best_score = -1;
    for (const OperationRow* operation : node.operations) {
      const int score = Score(*operation);
      if (score > best_score) {
        best = operation;
        best_score = score;
      }
    }
    return best;
  }

  const OperationRow* Walk(const Node& node, std::size_t at) const {
    if (AtEnd(segments, at)) {
      if (const OperationRow* found = Best(node)) return found;
    }
    if (at >= segments.size()) return nullptr;
    if (const auto literal = node.literals.find(segments[at]); literal != node.literals.end()) {
      if (const OperationRow* found = Walk(*literal->second, at + 1)) return found;
    }
    if (node.label && !segments[at].empty()) {
      if (const OperationRow* found = Walk(*node.label, at + 1)) return found;
    }
    for (std::size_t last = segments.size(); node.greedy && last > at; --last) {
      if (Span(segments, at, last).empty()) continue;
      if (const OperationRow* found = Walk(*node.greedy, last)) return found;
    }
    return nullptr;
  }
};

const OperationRow* RouteIndex::Find(const net::Request& request) const {
  const auto method =
      std::ranges::find(methods_, request.method, &decltype(methods_)::value_type::first);
  if (method == methods_.end()) return nullptr;
  const Search search{*this, request, SplitPath(request.path()), SplitQuery(request.query())};
  return search.Walk(*method->second, 0);
}

}  // namespace trunkline::aws
