// A center like ACME's, small: main flow with mapping function and bot, queue transfer with whisper
// hooks, looped queue text. Tests and golden transcripts run it.
#pragma once

#include "sim/rehearsal.h"

namespace trunkline::sim::tests {

World AcmeWorld();
StandIns AcmeStandIns();
Call AcmeCall();

}  // namespace trunkline::sim::tests
