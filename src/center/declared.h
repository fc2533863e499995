// Which names a center's flows may use, kind by kind.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "center/center.h"
#include "flow/catalogue.h"

namespace trunkline::center {

class DeclaredNames {
 public:
  explicit DeclaredNames(const Center& center);

  // Whether a center declares things of this kind at all.
  bool Knows(flow::ResourceKind kind) const { return names_.contains(kind); }
  bool Has(flow::ResourceKind kind, std::string_view name) const;
  const std::vector<std::string>& Names(flow::ResourceKind kind) const { return names_.at(kind); }

 private:
  std::map<flow::ResourceKind, std::vector<std::string>> names_;
};

}  // namespace trunkline::center
