// amzconnect-development-machine: a machine to work on a center from, for who has none. The
// workshop used AWS Cloud9, which is closed to new customers.
//
// It has no open port: people come in through Systems Manager (`aws ssm start-session`), which asks
// IAM who they are. Its own role may be managed by Systems Manager and read the program; whoever
// delivers from it brings credentials.
#pragma once

#include "stacks/template.h"

namespace trunkline::stacks {

Template MakeDevelopmentMachine();

}  // namespace trunkline::stacks
