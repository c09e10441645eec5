# Reads every export that is meant for R and says what came in, one "name value" a line.
# Rscript read.R FOLDER; the folder holds statnet/, rsiena/, web.csv, web.net, web.graphml, web.json.
# Packages that are not installed are named on a line of their own: "without PACKAGE".
folder <- normalizePath(commandArgs(trailingOnly = TRUE)[1])

say <- function(name, value) cat(name, paste(value, collapse = " "), "\n")
degrees <- function(x) sort(as.integer(x), decreasing = TRUE)
has <- function(package) {
  found <- suppressWarnings(requireNamespace(package, quietly = TRUE))
  if (!found) cat("without", package, "\n")
  found
}
inside <- function(name, code) {
  before <- setwd(file.path(folder, name))
  on.exit(setwd(before))
  code()
}

# The incidence matrix, by the line that its docstring gives.
web <- as.matrix(read.csv(file.path(folder, "web.csv"), row.names = 1, check.names = FALSE,
                          encoding = "UTF-8"))
say("incidence.rows", degrees(rowSums(web)))
say("incidence.columns", degrees(colSums(web)))
say("incidence.names", enc2utf8(c(rownames(web), colnames(web))))
stopifnot(all(web %in% c(0, 1)), !anyDuplicated(rownames(web)), !anyDuplicated(colnames(web)))
busy <- web[rowSums(web) >= 4, ]  # all of it takes these packages long
busy <- busy[, colSums(busy) > 0]
if (has("vegan")) say("incidence.nodf", round(vegan::nestednodf(busy)$statistic[["NODF"]], 6))
if (has("bipartite")) {
  say("bipartite.nodf", round(bipartite::networklevel(busy, index = "NODF")[[1]], 6))
}

# statnet: the script itself, then the package's own view of a two-mode network.
if (has("network")) {
  suppressMessages(inside("statnet", function() source("load.R", local = globalenv())))
  n <- network::get.network.attribute(net, "bipartite")
  stopifnot(network::is.bipartite(net), !network::is.directed(net))
  matrix <- network::as.matrix.network(net, matrix.type = "adjacency")
  stopifnot(all(dim(matrix) == c(n, network::network.size(net) - n)))
  say("statnet.rows", degrees(rowSums(matrix)))
  say("statnet.columns", degrees(colSums(matrix)))
  say("statnet.names", enc2utf8(network::network.vertex.names(net)))
  if (has("sna")) {  # raw betweenness, as one counts every pair once
    say("sna.degrees", degrees(sna::degree(net, gmode = "graph")))
    say("sna.betweenness", round(sna::betweenness(net, gmode = "graph"), 6))
  }
  say("statnet.kinds", sort(unique(network::get.vertex.attribute(net, "kind"))))
  pajek <- network::read.paj(file.path(folder, "web.net"))
  matrix <- network::as.matrix.network(pajek, matrix.type = "adjacency")
  say("paj.rows", degrees(rowSums(matrix)))
  say("paj.columns", degrees(colSums(matrix)))
  say("paj.names", enc2utf8(network::network.vertex.names(pajek)))
}

# RSiena: the script; where the package is not there, with stand-ins that check what its manual asks.
if (!has("RSiena")) {
  library <- function(...) invisible()
  sienaNodeSet <- function(n, nodeSetName) {
    stopifnot(n > 0, is.character(nodeSetName))
    list(n = n, name = nodeSetName)
  }
  sienaDependent <- function(netarray, type, nodeSet) {
    stopifnot(type == "bipartite", length(dim(netarray)) == 3, dim(netarray)[3] >= 2,
              length(nodeSet) == 2, all(netarray %in% c(0, 1)))
    netarray
  }
  sienaDataCreate <- function(net, nodeSets) {
    stopifnot(identical(dim(net)[1:2], vapply(nodeSets, function(s) s$n, 1L)))
    list(net = net)
  }
}
inside("rsiena", function() source("load.R", local = globalenv()))
say("rsiena.waves", vapply(waves, sum, 1))
say("rsiena.shape", dim(waves[[1]]))
stopifnot(all(vapply(waves, function(w) identical(dimnames(w), dimnames(waves[[1]])), TRUE)))

# igraph: Pajek and GraphML.
if (has("igraph")) {
  read <- function(file, format) igraph::read_graph(file.path(folder, file), format = format)
  net <- read("web.net", "pajek")
  first <- igraph::V(net)[!igraph::V(net)$type]
  say("pajek.rows", degrees(igraph::degree(net, first)))
  say("pajek.columns", degrees(igraph::degree(net, igraph::V(net)[igraph::V(net)$type])))
  say("pajek.names", enc2utf8(igraph::V(net)$id))
  xml <- read("web.graphml", "graphml")
  side <- igraph::V(xml)$bipartite
  say("graphml.rows", degrees(igraph::degree(xml, igraph::V(xml)[side == 0])))
  say("graphml.columns", degrees(igraph::degree(xml, igraph::V(xml)[side == 1])))
}
