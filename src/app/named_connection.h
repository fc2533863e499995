// The connection to GitHub that devops.json names, looked at before pipelines are made that use it.
#pragma once

#include "app/bootstrap.h"
#include "app/connection.h"
#include "center/center.h"

namespace trunkline::app {

// Tells when it waits for a person. Where there is none: an error that says what to do; the
// embedded cloud, which serves repositories itself, is told to have it, so that a monorepo in use
// on AWS goes through as it is. Whoever may not look at connections goes on.
Result<void> PrepareConnection(AppWorld& world, const center::Tooling& tooling,
                               Connection& connection, const Tell& tell);

}  // namespace trunkline::app
