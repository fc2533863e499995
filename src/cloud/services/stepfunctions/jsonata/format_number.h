// $formatNumber: a number by an XPath picture ("#,##0.00").
#pragma once

#include <string>
#include <string_view>

#include "cloud/services/stepfunctions/jsonata/failure.h"
#include "cloud/services/stepfunctions/jsonata/value.h"

namespace trunkline::cloud::jsonata {

// `options` is an object with other signs ("decimal-separator"), or undefined.
Outcome<std::string> FormatNumber(double number, std::string_view picture, const Value& options);

}  // namespace trunkline::cloud::jsonata
