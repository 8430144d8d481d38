#pragma once

#include "relacy.hpp"
