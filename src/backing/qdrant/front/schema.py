"""Collection parameters and payload indexes of the REST API as the engine takes them."""

import qdrant_edge as edge

from problem import Problem, required


def choice(kind, value):
    """A member of one of the engine's enumerations by the name that the REST API gives it (`int8`, `max_sim`)."""
    if value is None:
        return None
    wanted = str(value).replace("_", "").lower()
    names = [name for name in dir(kind) if not name.startswith("_")]
    for name in names:
        if name.lower() == wanted:
            return getattr(kind, name)
    raise Problem(400, f"Format error in JSON body: unknown variant `{value}`, expected one of {', '.join(names)}")


def to_config(body):
    """The engine's configuration for a `PUT /collections/{name}`."""
    vectors = body.get("vectors")
    sparse = body.get("sparse_vectors")
    if vectors is not None and "size" in vectors:
        dense = to_dense(vectors)
    else:
        dense = {name: to_dense(one) for name, one in (vectors or {}).items()}
    return edge.EdgeConfig(
        vectors=dense,
        sparse_vectors=None if sparse is None else {name: to_sparse(one or {}) for name, one in sparse.items()},
        on_disk_payload=body.get("on_disk_payload"),
        hnsw_config=to_hnsw(body.get("hnsw_config")),
        quantization_config=to_quantization(body.get("quantization_config")),
        optimizers=to_optimizers(body.get("optimizers_config")),
    )


def to_dense(body):
    size = required(body, "size")
    if not isinstance(size, int) or not 1 <= size <= 65536:
        raise Problem(422, f"Validation error in JSON body: [vectors.size: value {size} invalid, must be 1 to 65536]")
    several = body.get("multivector_config")
    return edge.EdgeVectorParams(
        size=size,
        distance=choice(edge.Distance, required(body, "distance")),
        on_disk=body.get("on_disk"),
        multivector_config=None
        if several is None
        else edge.MultiVectorConfig(choice(edge.MultiVectorComparator, required(several, "comparator"))),
        datatype=choice(edge.VectorStorageDatatype, body.get("datatype")),
        quantization_config=to_quantization(body.get("quantization_config")),
        hnsw_config=to_hnsw(body.get("hnsw_config")),
    )


def to_sparse(body):
    index = body.get("index") or {}
    return edge.EdgeSparseVectorParams(
        full_scan_threshold=index.get("full_scan_threshold"),
        on_disk=index.get("on_disk"),
        modifier=None if body.get("modifier") == "none" else choice(edge.Modifier, body.get("modifier")),
        datatype=choice(edge.VectorStorageDatatype, index.get("datatype")),
    )


def to_dense_creation(name, body):
    """A further vector of an existing collection."""
    made = to_dense(body)
    return edge.UpdateOperation.create_dense_vector(name, made.size, made.distance, made.multivector_config, made.datatype)


def to_sparse_creation(name, body):
    """A further sparse vector of an existing collection."""
    made = to_sparse(body)
    return edge.UpdateOperation.create_sparse_vector(name, made.modifier, made.datatype)


# The server's own defaults, for what a request leaves out.
HNSW = {"m": 16, "ef_construct": 100, "full_scan_threshold": 10000}


def to_hnsw(body):
    if not body:
        return None
    given = {key: value for key, value in body.items() if value is not None}
    return edge.HnswIndexConfig(**{**HNSW, **given})


def to_quantization(body):
    if not body or body == "Disabled":
        return None
    if "scalar" in body:
        given = body["scalar"]
        return edge.ScalarQuantizationConfig(
            choice(edge.ScalarType, required(given, "type")), given.get("quantile"), given.get("always_ram")
        )
    if "product" in body:
        given = body["product"]
        return edge.ProductQuantizationConfig(
            choice(edge.CompressionRatio, required(given, "compression")), given.get("always_ram")
        )
    if "binary" in body:
        given = body["binary"]
        return edge.BinaryQuantizationConfig(
            given.get("always_ram"),
            choice(edge.BinaryQuantizationEncoding, given.get("encoding")),
            choice(edge.BinaryQuantizationQueryEncoding, given.get("query_encoding")),
        )
    raise Problem(400, "Format error in JSON body: quantization is one of scalar, product, binary")


OPTIMIZERS = {"deleted_threshold", "vacuum_min_vector_number", "default_segment_number", "max_segment_size", "indexing_threshold"}


def to_optimizers(body):
    given = {key: value for key, value in (body or {}).items() if key in OPTIMIZERS and value is not None}
    return edge.EdgeOptimizersConfig(**given) if given else None


INDEXES = {
    "keyword": (edge.KeywordIndexParams, {"is_tenant", "on_disk", "enable_hnsw"}),
    "integer": (edge.IntegerIndexParams, {"lookup", "range", "is_principal", "on_disk", "enable_hnsw"}),
    "float": (edge.FloatIndexParams, {"is_principal", "on_disk", "enable_hnsw"}),
    "geo": (edge.GeoIndexParams, {"on_disk", "enable_hnsw"}),
    "bool": (edge.BoolIndexParams, {"on_disk", "enable_hnsw"}),
    "datetime": (edge.DatetimeIndexParams, {"is_principal", "on_disk", "enable_hnsw"}),
    "uuid": (edge.UuidIndexParams, {"is_tenant", "on_disk", "enable_hnsw"}),
    "text": (
        edge.TextIndexParams,
        {"min_token_len", "max_token_len", "lowercase", "ascii_folding", "phrase_matching", "on_disk", "enable_hnsw"},
    ),
}


def to_index(body):
    """A payload index: the name of its type, or its type with parameters."""
    if isinstance(body, str):
        return choice(edge.PayloadSchemaType, body)
    kind = required(body, "type")
    if kind not in INDEXES:
        raise Problem(400, f"Format error in JSON body: unknown variant `{kind}`, expected one of {', '.join(INDEXES)}")
    make, known = INDEXES[kind]
    given = {key: value for key, value in body.items() if key in known and value is not None}
    if kind == "text" and body.get("tokenizer") is not None:
        given["tokenizer"] = choice(edge.TokenizerType, body["tokenizer"])
    left = set(body) - known - {"type", "tokenizer"}
    if left:
        raise Problem(400, f"Format error in JSON body: the embedded engine takes no `{sorted(left)[0]}` for {kind}")
    return make(**given)


def index_name(kind):
    """The REST API's name of an index type."""
    return str(kind).rsplit(".", 1)[-1].lower()
