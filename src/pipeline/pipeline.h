#pragma once

// The front door of pipeline/: the workflows on a chronicle, and the filters.
#include "pipeline/chronicle.h"
#include "pipeline/compare.h"
#include "pipeline/decided.h"
#include "pipeline/derivation.h"
#include "pipeline/evidence.h"
#include "pipeline/filters.h"
#include "pipeline/gazetteer_files.h"
#include "pipeline/parser.h"
#include "pipeline/reading.h"
#include "pipeline/shredding.h"
#include "pipeline/stamp.h"
#include "pipeline/workflows.h"
#include "pipeline/world.h"
