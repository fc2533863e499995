// Which names a center's flows may use, kind by kind.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "center/center.h"
#include "flow/catalogue.h"

namespace trunkline::center {

class DeclaredNames {
 public:
  // Nothing is known of unread kinds: their files could not be read.
  explicit DeclaredNames(const Center& center, const std::set<flow::ResourceKind>& unread = {});

  // Whether a center declares things of this kind at all, and all of them were read.
  bool Knows(flow::ResourceKind kind) const { return names_.contains(kind); }
  bool Has(flow::ResourceKind kind, std::string_view name) const;
  const std::vector<std::string>& Names(flow::ResourceKind kind) const { return names_.at(kind); }

 private:
  std::map<flow::ResourceKind, std::vector<std::string>> names_;
};

}  // namespace trunkline::center
