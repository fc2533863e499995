// The embedded tables, read once for all tests.
#pragma once

#include "aws/model.h"

namespace trunkline::aws {

inline const Models& AllModels() {
  static const Models models;
  return models;
}

}  // namespace trunkline::aws
