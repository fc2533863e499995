// The linker backwards: makes the content of one instance into a portable flow.
//
// Every ARN and id of a resource whose name is known becomes a symbol, in parameters, condition
// operands and the console's layout. Linking the result against the same names gives the same flow.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "flow/symbols.h"

namespace trunkline::flow {

// What ARNs and ids of one instance are called.
class NamesByArn {
 public:
  // `text`: an ARN, or an id that is nobody else's (a UUID). The first name of a text counts.
  void Add(std::string text, ResourceKind kind, std::string name);

  struct Named {
    ResourceKind kind = ResourceKind::kNone;
    std::string name;
    std::string rest;  // of the text, behind the ARN or id: ":$LATEST"
  };
  // Of a whole text. Whatever version or alias of a function is called: its name stands for it.
  std::optional<Named> Find(std::string_view text) const;
  // `text` with every known ARN replaced by its symbol; ids only where they are the whole text.
  std::string ReplaceIn(std::string_view text) const;

 private:
  std::map<std::string, Named, std::less<>> names_;
};

// What stayed as it is, although it belongs to one instance or account.
struct Unresolved {
  std::string action;  // empty in metadata outside of ActionMetadata
  std::string path;    // "Parameters.QueueId"
  std::string text;
  bool in_metadata = false;

  bool operator==(const Unresolved&) const = default;
};

// Changes the content in place.
std::vector<Unresolved> Unlink(json::Value& content, const NamesByArn& names);

}  // namespace trunkline::flow
