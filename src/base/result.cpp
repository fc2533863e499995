#include "base/result.h"

#include <stdexcept>

namespace trunkline {

void ThrowNoValue() {
  throw std::logic_error("the value of a result that is an error was asked for");
}

void ThrowNoError() {
  throw std::logic_error("the error of a result that has none was asked for");
}

}  // namespace trunkline
