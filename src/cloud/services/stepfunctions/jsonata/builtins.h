// The functions every expression can call. Their rows stand at the end of the files that have their
// code, one file a family.
#pragma once

#include <span>
#include <string_view>

#include "cloud/services/stepfunctions/jsonata/function.h"

namespace trunkline::cloud::jsonata {

const Builtin* FindBuiltin(std::string_view name);  // null when there is none
const Signature& SignatureOf(const Builtin& builtin);

extern constinit const std::span<const Builtin> kAggregateBuiltins;
extern constinit const std::span<const Builtin> kArrayBuiltins;
extern constinit const std::span<const Builtin> kHigherOrderBuiltins;
extern constinit const std::span<const Builtin> kMatchBuiltins;
extern constinit const std::span<const Builtin> kNumberBuiltins;
extern constinit const std::span<const Builtin> kObjectBuiltins;
extern constinit const std::span<const Builtin> kStatesBuiltins;
extern constinit const std::span<const Builtin> kTextBuiltins;
extern constinit const std::span<const Builtin> kTimeBuiltins;
extern constinit const std::span<const Builtin> kUrlBuiltins;

}  // namespace trunkline::cloud::jsonata
