// Failure: an error of JSONata while it travels up and is filled in.
//
// A code ("T2001") has a text with holes; what is put into the holes is known at different places:
// the values where the error is found, the operator or function and the place further up. Limits
// have no code and bring their whole text. At the border a Failure becomes an Error.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"

namespace trunkline::cloud::jsonata {

class [[nodiscard]] Failure {
 public:
  explicit Failure(std::string_view code);
  // An error without a code, as the service words its limits.
  static Failure Limit(std::string_view text);

  // Fills a hole. `shown` is the text that appears: JSON for values, bare for names.
  Failure With(std::string_view hole, std::string shown) &&;
  Failure At(std::size_t position) &&;       // where nothing is known yet
  Failure Naming(std::string_view name) &&;  // the same; quoted where a text names it

  void SetPosition(std::size_t position);
  void SetToken(std::string_view token);
  bool has_position() const;
  bool has_token() const;
  bool has_code() const;

  // `source` is the text of the expression: positions count UTF-16 units of it, as JavaScript does.
  Error ToError(std::string_view source) const;

 private:
  struct Data;
  struct Delete {
    void operator()(Data* data) const;
  };
  Failure();
  std::unique_ptr<Data, Delete> data_;
};

template <class T>
using Outcome = Result<T, Failure>;

// A value is too big, or takes too long, or nests too deep.
Failure MemoryExceeded();
Failure TimeExceeded();
Failure StackExceeded();

}  // namespace trunkline::cloud::jsonata
