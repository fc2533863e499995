// Hours of operation: checks that their operations and those of their overrides share.
#pragma once

#include "cloud/context.h"
#include "cloud/services/connect/kinds.h"

namespace trunkline::cloud::connect {

// "Europe/Berlin": InvalidParameterException for a zone that the time zone data does not have.
Answer<void> CheckTimeZone(const Context& context, std::string_view zone);

// What uses the hours, as words for a message ("queue 'Sales'"); empty when nothing does.
std::string UserOfHours(Context& context, const Record& hours);

}  // namespace trunkline::cloud::connect
