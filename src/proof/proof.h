#pragma once

// The front door of proof/: what a log, its leaves and their openings are, and how each is checked.
#include "proof/change.h"
#include "proof/checkpoint.h"
#include "proof/commitment.h"
#include "proof/entry.h"
#include "proof/leaf.h"
#include "proof/list.h"
#include "proof/manifest.h"
#include "proof/merkle.h"
#include "proof/note.h"
#include "proof/opened_entry.h"
#include "proof/overlap.h"
#include "proof/register.h"
#include "proof/rule.h"
#include "proof/slot_table.h"
#include "proof/tile.h"
#include "proof/total.h"
