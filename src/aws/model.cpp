#include "aws/model.h"

#include <algorithm>

#include "aws/route.h"

namespace trunkline::aws {

Model::Model() = default;
Model::~Model() = default;

const MemberRow* Shape::FindMember(std::string_view wanted) const {
  const auto found = std::ranges::find(members, wanted, &MemberRow::name);
  return found == members.end() ? nullptr : &*found;
}

const OperationRow* Model::FindOperation(std::string_view name) const {
  const auto found = std::ranges::lower_bound(operations, name, {}, &OperationRow::name);
  return found == operations.end() || found->name != name ? nullptr : &*found;
}

const ErrorRow* Model::FindError(std::string_view name_or_code) const {
  if (const auto found = errors.find(name_or_code); found != errors.end()) return &found->second;
  for (const auto& [name, row] : errors) {
    if (row.code == name_or_code) return &row;
  }
  return nullptr;
}

}  // namespace trunkline::aws
