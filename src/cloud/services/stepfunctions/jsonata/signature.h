// The signature of a function, "<s-n?:s>": which arguments it takes, and which of them stand for
// the context when they are left out.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/services/stepfunctions/jsonata/failure.h"
#include "cloud/services/stepfunctions/jsonata/value.h"

namespace trunkline::cloud::jsonata {

class Signature {
 public:
  // A failure's position is the offset in `text`.
  static Outcome<std::shared_ptr<const Signature>> Parse(std::string_view text);

  // The arguments as the function gets them: a single value where an array is wanted becomes one,
  // the context fills in.
  Outcome<std::vector<Value>> Validate(const std::vector<Value>& arguments,
                                       const Value& context) const;

 private:
  struct Parameter {
    std::uint32_t kinds = 0;          // a bit for each kind that is right
    std::uint32_t context_kinds = 0;  // not 0: the context may stand in
    std::string type;                 // as written
    std::string subtype;              // of an array's items
    std::size_t least = 1;
    std::size_t most = 1;
    bool lazy = false;  // takes an argument only when the rest does not match without
  };
  struct Reader;
  struct Matching;

  std::vector<std::size_t> Match(std::string_view kinds, std::size_t parameters, bool whole) const;
  Failure Mismatch(std::string_view kinds) const;
  Outcome<Value> ToArray(const Parameter& parameter, const Value& argument,
                         std::size_t index) const;

  std::vector<Parameter> parameters_;
};

}  // namespace trunkline::cloud::jsonata
