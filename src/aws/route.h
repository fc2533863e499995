// RouteIndex: which operation a REST request asks for, and what its labels say.
//
// Paths are matched raw, segment by segment, in a trie per method; "/x" and "/x/" are alike but
// inside a greedy label (S3 keys). Literal segments win over labels. Where several operations share
// method and path, literal query parts
// ("?uploads", "?list-type=2") decide first, then required query keys and headers (S3's uploadId,
// x-amz-copy-source).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/model.h"
#include "net/http.h"

namespace trunkline::aws {

// The keys and values of a query, still encoded, in the order they stand.
using RawQuery = std::vector<std::pair<std::string_view, std::string_view>>;
RawQuery SplitQuery(std::string_view query);

// What an operation's URI template says, taken apart.
struct UriTemplate {
  struct Segment {
    std::string text;  // the literal, or the label's name
    bool label = false;
    bool greedy = false;  // a label that takes slashes too
  };
  struct QueryPart {
    std::string key;
    std::string value;
    bool has_value = false;  // "?list-type=2": must be equal; else the key's presence is enough
    bool required = false;   // "id={}": only says that the operation needs this key
  };
  std::vector<Segment> segments;
  std::vector<QueryPart> query;
  bool slash_at_end = false;
};
UriTemplate ReadUri(std::string_view uri);

// The raw texts of a path's labels by name; nothing when the path does not fit.
using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

class RouteIndex {
 public:
  // Keeps pointers to the model's operations, which must not move.
  explicit RouteIndex(const Model& model);
  ~RouteIndex();

  const OperationRow* Find(const net::Request& request) const;
  const UriTemplate& TemplateOf(const OperationRow& operation) const;

 private:
  struct Node;
  struct Search;
  struct Needs;
  void Insert(const OperationRow& operation);

  const Model& model_;
  std::vector<UriTemplate> templates_;  // by the operation's position
  std::vector<Needs> needs_;            // likewise
  std::vector<std::pair<std::string, std::unique_ptr<Node>>> methods_;
};

// Whether `path` fits `uri`; fills in the labels' raw texts.
bool ReadLabels(const UriTemplate& uri, std::string_view path, Labels& labels);

}  // namespace trunkline::aws
