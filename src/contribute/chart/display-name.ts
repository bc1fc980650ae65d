/** Words that are written in their own way wherever they stand. */
const WORDS: ReadonlyMap<string, string> = new Map(
  (
    'AI API AWS BGP CD CI CNI CPU CRD CRDs CSI CSM DB DNS DRA ECK EKS AKS GKE GCP GPU HA HAProxy HPE HTTP HTTPS IAM IO IP IPAM ' +
    'JWT K8s KEDA KubeVirt LDAP ML MPI MySQL NATS NFD NFS NIM NIMs NVIDIA OAuth2 OCI OIDC OLM OPA OVN PostgreSQL PVC ' +
    'RBAC RDMA S3 SAML SDK SLO SMB SQL SR-IOV SSH SSL SSO TLS UI URL VM VMs VMware VPA VPN VSS WAF WebUI WordPress YAML ' +
    'ArgoCD CloudCasa CockroachDB ClickHouse CoreDNS ElasticSearch GitHub GitLab GraphQL InfluxDB JupyterHub KubeRay ' +
    'LocalAI MariaDB MetalLB MinIO MongoDB OpenSearch OpenTelemetry RabbitMQ ScyllaDB TiDB'
  )
    .split(' ')
    .map((word) => [word.toLowerCase(), word]),
);
const LONGEST_WORD = 60;
const SMALL = new Set(['and', 'for', 'of', 'on', 'the', 'to', 'with', 'in', 'by']);

/**
 * What a name such as `haproxy-ingress` is called when it is shown. Where a text about it writes one of its words with
 * capitals of its own, as `HAProxy`, that is how it is written.
 */
export function displayName(name: string, texts: readonly string[]): string {
  const found = (texts.join(' ').match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length <= LONGEST_WORD);
  const own = new Map(
    found.filter((word) => /\p{L}.*\p{Lu}/u.test(word) && word.length > 2).map((word) => [word.toLowerCase(), word]),
  );
  const words = name.split(/[-_.\s]+/u).filter((word) => word !== '');
  return words
    .map((word, index) => {
      const lower = word.toLowerCase();
      if (index > 0 && SMALL.has(lower)) return lower;
      return WORDS.get(lower) ?? own.get(lower) ?? capitalised(word);
    })
    .join(' ');
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
