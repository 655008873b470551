#pragma once

// The front door of proof/: what a log, its leaves and their openings are, and how each is checked.
#include "proof/checkpoint.h"
#include "proof/commitment.h"
#include "proof/entry.h"
#include "proof/leaf.h"
#include "proof/list.h"
#include "proof/merkle.h"
#include "proof/note.h"
#include "proof/slot_table.h"
#include "proof/tile.h"
