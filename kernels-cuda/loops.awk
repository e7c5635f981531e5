# Counts loops in what nvdisasm prints of a module, as loops.txt describes them: -v module=, -v loops=FILE.
# MachineCode.java recognises loops in the same way.

function trim(text) {
  gsub(/^[ \t]+|[ \t]+$/, "", text)
  return text
}

# The kind of an instruction: its first word but for a predicate, without modifiers.
function kind(text, words, first, count) {
  count = split(text, words, /[ \t]+/)
  first = words[1] ~ /^@/ && count > 1 ? words[2] : words[1]
  sub(/[.;].*/, "", first)
  return first
}

# Whether a loop has as many instructions of each kind as `wanted`, or a vote.
function fits(begin, end, wanted, parts, pair, has, k, n) {
  for (k = begin; k <= end; k++) has[kinds[k]]++
  if (wanted == "past VOTE") return has["VOTE"] == 1
  n = split(wanted, parts, / /)
  for (k = 1; k <= n; k++) {
    split(parts[k], pair, /=/)
    if (has[pair[1]] + 0 != pair[2]) return 0
  }
  return 1
}

# The number of the only innermost loop that fits; 0 if there is none or more than one.
function find(wanted, k, n, chosen, found, inner, fitting) {
  for (k = 1; k <= back; k++) fitting[k] = fits(begins[k], ends[k], wanted)
  for (k = 1; k <= back; k++) {
    inner = fitting[k]
    for (n = 1; n <= back; n++) {
      if (n != k && fitting[n] && begins[n] >= begins[k] && ends[n] <= ends[k]) inner = 0
    }
    if (inner) {
      chosen = k
      found++
    }
  }
  return found == 1 ? chosen : 0
}

# Instructions that the branch after a loop's vote jumps over; -1 if it does not jump ahead within the loop.
function jumped(loop, k, voted, target) {
  for (k = begins[loop]; k <= ends[loop]; k++) {
    if (kinds[k] == "VOTE") voted = 1
    if (voted && kinds[k] == "BRA") {
      target = at[targets[k]] + 0
      return target > k && target <= ends[loop] ? target - k - 1 : -1
    }
  }
  return -1
}

/^[ \t]*\.L_x_[0-9]+:/ {
  label = trim($0)
  sub(/:.*/, "", label)
  at[label] = instructions + 1
  next
}
/^[ \t]*\/\*[0-9a-f]+\*\/[ \t]/ {
  text = $0
  sub(/^[ \t]*\/\*[0-9a-f]+\*\/[ \t]+/, "", text)
  kinds[++instructions] = kind(text)
  if (match(text, /\.L_x_[0-9]+/)) targets[instructions] = substr(text, RSTART, RLENGTH)
}
END {
  for (k = 1; k <= instructions; k++) {
    if (kinds[k] == "BRA" && (targets[k] in at) && at[targets[k]] <= k) {
      begins[++back] = at[targets[k]]
      ends[back] = k
    }
  }
  while ((getline line < loops) > 0) {
    if (line ~ /^#/ || split(line, fields, /\|/) != 5 || trim(fields[1]) != module) continue
    wanted = trim(fields[3])
    loop = find(wanted)
    skipped = loop && wanted == "past VOTE" ? jumped(loop) : 0
    if (!loop || skipped < 0) {
      print "not one loop but none or several are " wanted " in the machine code of " module \
        ", so it cannot be counted; if its kernel has changed, change loops.txt" >"/dev/stderr"
      exit 1
    }
    slots = ends[loop] - begins[loop] + 1 - skipped
    printf "| `%s` | %s | %s | %d | %d | %.2f |\n", module, trim(fields[2]), wanted, slots, fields[4], slots / fields[4]
  }
}
