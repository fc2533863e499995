#include "cloud/services/stepfunctions/jsonata/builtins.h"

#include <map>
#include <memory>

namespace trunkline::cloud::jsonata {
namespace {

struct Row {
  const Builtin* builtin;
  std::shared_ptr<const Signature> signature;
};

// Made once and never changed.
const std::map<std::string_view, Row>& Rows() {
  static const std::map<std::string_view, Row> kRows = [] {
    std::map<std::string_view, Row> all;
    for (const std::span<const Builtin> family :
         {kAggregateBuiltins, kArrayBuiltins, kHigherOrderBuiltins, kMatchBuiltins, kNumberBuiltins,
          kObjectBuiltins, kStatesBuiltins, kTextBuiltins, kTimeBuiltins, kUrlBuiltins}) {
      for (const Builtin& builtin : family) {
        all.emplace(builtin.name, Row{.builtin = &builtin,
                                      .signature = Signature::Parse(builtin.signature).value()});
      }
    }
    return all;
  }();
  return kRows;
}

}  // namespace

const Builtin* FindBuiltin(std::string_view name) {
  const auto found = Rows().find(name);
  return found == Rows().end() ? nullptr : found->second.builtin;
}

const Signature& SignatureOf(const Builtin& builtin) {
  return *Rows().at(builtin.name).signature;
}

}  // namespace trunkline::cloud::jsonata
