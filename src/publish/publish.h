#pragma once

// The front door of publish/: what to append to the register, and the edition that is made of it.
#include "publish/edition.h"
#include "publish/event_table.h"
#include "publish/excerpt.h"
#include "publish/plan.h"
#include "publish/policy.h"
#include "publish/policy_file.h"
#include "publish/preview.h"
#include "publish/rule_file.h"
